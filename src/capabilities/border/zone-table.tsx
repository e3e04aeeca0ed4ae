import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ShownZone } from './shown'

/** The zone field by field, as it reads. A likelier reading is offered, and taken by a person or not at all. */
export function Zone({ zone, onTake }: { zone: ShownZone; onTake: (number: string) => void }) {
  const { t } = useTranslation()
  return (
    <details open={!zone.checksAgree || zone.specimen}>
      <summary>
        {t('border.zoneRead')}: <bdi>{zone.format}</bdi> ·{' '}
        {t(zone.checksAgree ? 'border.checksAgree' : 'border.checksDiffer')}
        {zone.specimen && <span className="warns">{t('border.specimen')}</span>}
      </summary>
      <table className="facts">
        <caption className="unseen">{t('border.zoneRead')}</caption>
        <tbody>
          {zone.fields
            .filter((it) => it.raw.replaceAll('<', '') !== '')
            .map(({ name, raw, value, verdict, uncertain }) => (
              <tr key={name}>
                <th scope="row">{t(`border.zoneFields.${name}`)}</th>
                <td>
                  <bdi dir="ltr">{value}</bdi>
                  <bdi dir="ltr" className="under code">
                    {raw}
                  </bdi>
                  {uncertain && <span className="warns">{t('border.uncertain')}</span>}
                </td>
                <td className={`digit-${verdict}`}>{t(`border.verdicts.${verdict}`)}</td>
              </tr>
            ))}
        </tbody>
      </table>
      {zone.suggestions.map(({ field, raw, readings }) => (
        <p key={field}>
          {t(`border.zoneFields.${field}`)}{' '}
          <bdi dir="ltr" className="code">
            {raw}
          </bdi>{' '}
          {t('border.likelier')}{' '}
          {readings.map((it) =>
            field === 'documentNumber' ? (
              <Button key={it} size="compact-xs" variant="default" onClick={() => onTake(it.replaceAll('<', ''))}>
                <bdi dir="ltr" className="code">
                  {it}
                </bdi>
              </Button>
            ) : (
              <bdi key={it} dir="ltr" className="code">
                {it}{' '}
              </bdi>
            ),
          )}
        </p>
      ))}
    </details>
  )
}
