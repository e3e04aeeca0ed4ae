import { Button, Group, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Handling, Mark } from '#protocol/handling'
import type { ShownHolding } from '../../web/design/ledger'
import { MemberName } from '../../web/design/member-name'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { useDirectory, type WholeRecord } from '../../web/record/acting'
import { differencesOf } from '../../web/record/compare'
import { DiffTable, valueAt } from '../../web/record/diff'
import { admits } from '../../web/record/sharing'

export interface Input {
  readonly handling: Handling
  readonly body: object
  readonly marks: Readonly<Record<string, Mark>>
}

interface ReviewProps {
  readonly record: WholeRecord
  readonly input: Input
  readonly refusal: Error | null
  readonly busy: boolean
  readonly onBack: () => void
  readonly onSave: () => void
}

/** Before a new version is written: exactly what changes, and who will receive it. */
export function Review({ record, input, refusal, busy, onBack, onSave }: ReviewProps) {
  const { t } = useTranslation()
  const differences = differencesOf(record, input)
  return (
    <Stack gap="md">
      <Title order={2} size="h4" tabIndex={-1} ref={focusFirst}>
        {t('subjects.review.title', { version: record.version + 1 })}
      </Title>
      {differences.length === 0 ? (
        <p role="status">{t('subjects.review.nothing')}</p>
      ) : (
        <>
          <DiffTable
            type="subject"
            caption={t('subjects.review.changes')}
            differences={differences}
            nameOfMarked={(it) => valueAt(input.body, it) ?? valueAt(record.body, it)}
          />
          <Receivers record={record} input={input} />
        </>
      )}
      {refusal !== null && <Failed cause={refusal} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {t('subjects.review.back')}
        </Button>
        <Button onClick={onSave} loading={busy} disabled={differences.length === 0}>
          {t('subjects.review.save', { version: record.version + 1 })}
        </Button>
      </Group>
    </Stack>
  )
}

function focusFirst(heading: HTMLHeadingElement | null): void {
  heading?.focus()
}

/** Every holder, and what it gets of the new version; the node decides again for each when it is sent. */
function Receivers({ record, input }: { record: WholeRecord; input: Input }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { members, groups } = useDirectory()
  const { data, error } = useQuery({
    queryKey: ['live', ['holding', record.id], 'holders', record.id],
    queryFn: () => ask<{ holders: ShownHolding[] }>(`/api/v1/records/${record.id}/holders`),
  })
  if (error !== null) return <Failed cause={error} />
  if (data === undefined) return <Slow lines={2} />
  const holders = data.holders.filter((it) => it.state === 'sent' || it.state === 'held')
  if (holders.length === 0) return <p>{t('subjects.review.nobody')}</p>
  const lines = holders.flatMap(({ member: id }) => {
    const member = members.find((it) => it.id === id)
    if (member === undefined) return []
    const withheld = Object.values(input.marks).filter((it) => !admits(it.audience, member, groups)).length
    return [{ id, admitted: admits(input.handling.audience, member, groups), withheld }]
  })
  return (
    <table className="facts">
      <caption>{t('subjects.review.receivers')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('web.ledger.member')}</th>
          <th scope="col">{t('subjects.review.gets')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ id, admitted, withheld }) => (
          <tr key={id}>
            <th scope="row">
              <MemberName id={id} />
            </th>
            <td>
              {!admitted ? (
                <span className="warns">{t('subjects.review.givesBack')}</span>
              ) : withheld > 0 ? (
                t('subjects.review.part', { number: withheld })
              ) : (
                t('subjects.review.whole')
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
