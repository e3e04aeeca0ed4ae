import { Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Empty, Failed, Slow } from '../../web/design/states'
import { ListHead } from './console-head'
import { useLists } from './console-import'

/** The published lists that this node can import, how old each is here, and what its last import changed. */
export function Page() {
  const { t } = useTranslation()
  const { data, error, refetch } = useLists()
  return (
    <>
      <Title order={1} size="h3">
        {t('lists.title')}
      </Title>
      {error !== null && <Failed cause={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Slow />}
      {data?.items.length === 0 && <Empty title={t('lists.none')}>{t('lists.noneText')}</Empty>}
      {data?.items.map((it) => (
        <ListHead key={it.id} list={it} level={2} />
      ))}
    </>
  )
}
