import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from './help'

interface Citing {
  readonly about: string
  /** A rule from a data file; one that nobody has held against its text says so. */
  readonly citation: { readonly rule: string; readonly verified: boolean }
  readonly children: ReactNode
}

/** Help with the rule that it rests on. */
export function Cited({ about, citation: { rule, verified }, children }: Citing) {
  const { t } = useTranslation()
  return (
    <Help about={about} rule={verified ? rule : `${rule} (${t('web.help.unchecked')})`}>
      {children}
    </Help>
  )
}
