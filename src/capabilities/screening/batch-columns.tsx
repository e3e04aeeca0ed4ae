import { Button, Group, Select, SimpleGrid, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Help } from '../../web/design/help'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import type { ShownFile } from './shown'
import { useNames } from './use-names'

/** What a column can mean, in the order in which people look for it. */
const meanings = [
  'name',
  'firstName',
  'middleName',
  'lastName',
  'alias',
  'birthDate',
  'birthPlace',
  'gender',
  'nationality',
  'country',
  'passportNumber',
  'idNumber',
  'taxNumber',
  'registrationNumber',
  'leiCode',
  'imoNumber',
  'iban',
  'email',
  'phone',
  'address',
  'schema',
  'reference',
] as const
const kinds = ['Person', 'Organization', 'Company', 'LegalEntity', 'Vessel', 'Airplane', 'Vehicle'] as const
const orders = ['both', 'dmy', 'mdy'] as const
const names = new Set<string | null>(['name', 'firstName', 'lastName'])

/** The first rows of the file, what each column was taken for, and the beginning. */
export function Columns({ file: { batch, survey } }: { file: ShownFile }) {
  const { t } = useTranslation()
  const { kind } = useNames()
  const ask = useAsk()
  const client = useQueryClient()
  const [columns, setColumns] = useState<Readonly<Record<string, string | null>>>(() =>
    Object.fromEntries(survey.headers.map((it, at) => [it, survey.guesses[at] ?? null])),
  )
  const [schema, setSchema] = useState<string>('Person')
  const [order, setOrder] = useState<string>('both')
  const begin = useMutation({
    mutationFn: () =>
      ask(`/api/v1/batches/${batch.id}/begin`, {
        method: 'POST',
        body: survey.format === 'entities' ? {} : { columns, schema, dateOrder: order === 'both' ? null : order },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['live'] }),
  })
  const table = survey.format !== 'entities'
  const named = !table || Object.values(columns).some((it) => names.has(it))
  return (
    <Stack gap="md">
      {survey.encoding === 'latin-1' && <p className="caution">{t('screening.batch.latin')}</p>}
      <p>{t(table ? 'screening.batch.settleText' : 'screening.batch.entities')}</p>
      <Mapping survey={survey} columns={columns} onChange={table ? setColumns : undefined} />
      {table && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} maw={640}>
          <Select
            label={t('screening.batch.schema')}
            value={schema}
            onChange={(it) => it !== null && setSchema(it)}
            data={kinds.map((value) => ({ value, label: kind(value) }))}
          />
          <Select
            label={t('screening.batch.dates')}
            value={order}
            onChange={(it) => it !== null && setOrder(it)}
            data={orders.map((value) => ({ value, label: t(`screening.batch.order.${value}`) }))}
          />
        </SimpleGrid>
      )}
      {!named && (
        <p className="warns" role="status">
          {t('screening.batch.needsName')}
        </p>
      )}
      {begin.error !== null && <Failed cause={begin.error} />}
      <ForWork>
        <Group>
          <Button disabled={!named || !batch.mine} loading={begin.isPending} onClick={() => begin.mutate()}>
            {t('screening.batch.begin', { rows: batch.rows })}
          </Button>
          <Help about={t('screening.about.begin')} rule="protocol point 10">
            <p>{t('screening.batch.helpBegin')}</p>
          </Help>
        </Group>
      </ForWork>
    </Stack>
  )
}

interface Settling {
  readonly survey: ShownFile['survey']
  readonly columns: Readonly<Record<string, string | null>>
  readonly onChange: ((columns: Readonly<Record<string, string | null>>) => void) | undefined
}

function Mapping({ survey: { headers, sample }, columns, onChange }: Settling) {
  const { t } = useTranslation()
  const { property } = useNames()
  const data = meanings.map((value) => ({ value, label: property(value) }))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="wide" tabIndex={0} aria-label={t('screening.batch.settle')}>
      <table>
        <caption>{t('screening.batch.settle')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('screening.batch.column')}</th>
            {onChange !== undefined && <th scope="col">{t('screening.batch.meaning')}</th>}
            {sample.map((_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place
              <th key={at} scope="col">
                {t('screening.batch.sample', { number: at + 1 })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {headers.map((header, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
            <tr key={at}>
              <th scope="row">
                <bdi>{header}</bdi>
              </th>
              {onChange !== undefined && (
                <td>
                  <Select
                    aria-label={t('screening.batch.meaningOf', { column: header })}
                    placeholder={t('screening.batch.unused')}
                    value={columns[header] ?? null}
                    onChange={(it) => onChange({ ...columns, [header]: it })}
                    data={data}
                    clearable
                    size="xs"
                    miw={168}
                  />
                </td>
              )}
              {sample.map((row, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place
                <td key={place}>
                  <bdi>{row[at]}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
