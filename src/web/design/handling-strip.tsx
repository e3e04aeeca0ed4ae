import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { HeldHandling } from '#protocol/handling'
import { Moment } from './clock'

const tlpClass = { CLEAR: 'clear', GREEN: 'green', AMBER: 'amber', 'AMBER+STRICT': 'amber', RED: 'red' } as const

/** The law that travels with a record, always in the same place and order; each part says its rule in a sentence on focus. */
export function HandlingStrip({ handling }: { handling: HeldHandling }) {
  const { t } = useTranslation()
  const { tlp, codes, purposes, onward, grading, category, nature, basis, reviewAt, expiresAt } = handling
  return (
    <dl className="strip" aria-label={t('web.handling.title')}>
      <Part name={t('web.handling.tlp')} says={t(`web.handling.tlpRules.${tlpClass[tlp]}`)}>
        <strong className={`tlp tlp-${tlpClass[tlp]}`}>TLP:{tlp}</strong>
      </Part>
      {codes.map((it) => (
        <Part
          key={it.code}
          name={t('web.handling.code')}
          says={it.code === 'H3' ? it.text : t(`web.handling.${it.code}`)}
        >
          <bdi>{it.code}</bdi>
        </Part>
      ))}
      <Part name={t('web.handling.purposes')} says={t('web.handling.purposesRule')}>
        {purposes.map((it) => t(`web.purposes.${it}`)).join(', ')}
      </Part>
      <Part name={t('web.handling.onward')} says={t(`web.handling.onwardRules.${onward}`)}>
        {t(`web.handling.onwards.${onward}`)}
      </Part>
      <Part name={t('web.handling.category')} says={t(`web.handling.natures.${nature}`)}>
        {t(`web.categories.${category}`)}
      </Part>
      <Part name={t('web.handling.grading')} says={t(`web.handling.schemes.${grading.scheme}`)}>
        <bdi>
          {grading.source}
          {grading.information}
        </bdi>
      </Part>
      <Part name={t('web.handling.basis')} says={basis.provision}>
        <bdi>{basis.instrument}</bdi>
      </Part>
      <Part name={t('web.handling.review')} says={t('web.handling.expires', { date: expiresAt.slice(0, 10) })}>
        <Moment at={reviewAt} />
      </Part>
    </dl>
  )
}

function Part({ name, says, children }: { name: string; says: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <Tooltip label={says} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its rule is shown on focus too */}
        <dd tabIndex={0}>
          {children}
          <span className="unseen">. {says}</span>
        </dd>
      </Tooltip>
    </div>
  )
}
