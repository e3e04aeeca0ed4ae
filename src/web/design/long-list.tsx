import { Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LongTable } from './long-table'

interface Row {
  readonly at: number
  readonly name: string
}

const length = 100_000
const rows = Array.from({ length }, (_, at): Row => ({ at, name: `Exercise ${at + 1}` }))

/** A list of a hundred thousand rows, to look at and to measure. */
export function LongList() {
  const { t } = useTranslation()
  return (
    <>
      <Title order={1} size="h3">
        {t('web.list.rows', { count: length })}
      </Title>
      <LongTable
        caption={t('web.pieces')}
        rows={rows}
        keyOf={(it) => String(it.at)}
        columns={[
          {
            name: 'name',
            title: t('web.properties.name'),
            share: 3,
            cell: (it) => <a href={`#${it.at}`}>{it.name}</a>,
          },
          { name: 'number', title: t('web.properties.number'), share: 1, cell: (it) => <bdi>{it.at + 1}</bdi> },
        ]}
      />
    </>
  )
}
