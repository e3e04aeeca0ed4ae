import { Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import { moveByArrows } from './arrows'
import { Candidates } from './candidates-table'
import { Hits } from './hits-table'
import './screening.css'

/** What the machine found and a person decides on, and the hits that were reported, ours and to us. */
export function Page() {
  const { t } = useTranslation()
  return (
    <>
      <div className="with-help">
        <Title order={1} size="h3">
          {t('screening.title')}
        </Title>
        <Help about={t('screening.about.candidate')} rule="protocol point 9">
          <p>{t('screening.help.candidate')}</p>
        </Help>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the links inside take the focus; the keys move between them */}
      <div onKeyDown={moveByArrows}>
        <Candidates />
        <Hits />
      </div>
    </>
  )
}
