import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import citations from './citations.json'

/** Help with the rule that it rests on; a citation that nobody has checked against its text says so. */
export function Cited({ about, of, children }: { about: string; of: keyof typeof citations; children: ReactNode }) {
  const { t } = useTranslation()
  const { rule, verified } = citations[of]
  return (
    <Help about={about} rule={verified ? rule : `${rule} (${t('people.unchecked')})`}>
      {children}
    </Help>
  )
}
