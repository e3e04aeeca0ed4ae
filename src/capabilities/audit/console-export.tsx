import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { csvRow } from '#formats/csv-write'
import type { Ask } from '../../web/ask'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { office } from '../../web/office'
import type { ShownEntry } from '../../web/trail/inclusion'
import { type Conditions, queryOf } from './search'

const columns = [
  'index',
  'at',
  'act',
  'outcome',
  'member',
  'person',
  'role',
  'via',
  'purpose',
  'reference',
  'objectType',
  'objectId',
  'objectVersion',
  'owner',
  'recipient',
  'rule',
  'reason',
] as const

const pageSize = 500
const rowsAtMost = 20_000

/** What was found, as a file for a spreadsheet. Its columns are named as in the API, and taking it away is an act in the ledger. */
export function ExportEntries({ conditions }: { conditions: Conditions }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const taking = useMutation({ mutationFn: () => take(ask, conditions).then(save), gcTime: 0 })
  return (
    <>
      <Button variant="default" size="xs" loading={taking.isPending} onClick={() => taking.mutate()}>
        {t('audit.export.act')}
      </Button>
      <span role="status" className="under">
        {taking.data !== undefined &&
          t(taking.data < rowsAtMost ? 'audit.export.done' : 'audit.export.cut', { count: taking.data })}
      </span>
      {taking.error !== null && <Failed cause={taking.error} />}
    </>
  )
}

async function take(ask: Ask, conditions: Conditions): Promise<ShownEntry[]> {
  const entries: ShownEntry[] = []
  let older: number | undefined
  do {
    const query = queryOf(conditions, older === undefined ? {} : { older }, pageSize)
    const page = await ask<{ items: readonly ShownEntry[]; next: number | null }>(`/api/v1/audit/export?${query}`)
    entries.push(...page.items)
    older = page.next ?? undefined
  } while (older !== undefined && entries.length < rowsAtMost)
  return entries
}

/** A spreadsheet runs what begins like a formula, and texts of entries come from anywhere: such fields are guarded. */
function save(entries: readonly ShownEntry[]): number {
  const options = { guardFormulas: true }
  const mark = office.exercise ? [csvRow(['EXERCISE', office.name], options)] : []
  const head = csvRow([...columns, 'details', ...(office.exercise ? ['exercise'] : [])], options)
  const rows = entries.map((it) =>
    csvRow(
      [
        ...columns.map((name) => String(it[name] ?? '')),
        JSON.stringify(it.details),
        ...(office.exercise ? ['EXERCISE'] : []),
      ],
      options,
    ),
  )
  const file = new Blob(['\uFEFF', ...mark, head, ...rows], { type: 'text/csv;charset=utf-8' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `audit-${office.exercise ? 'EXERCISE-' : ''}${new Date().toISOString().slice(0, 10)}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
  return entries.length
}
