import { Button, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Drawn, type NetworkEdge, type NetworkNode, otherEnd, relationsByNode } from './relation'

const page = 25

interface ListProps {
  readonly drawn: Drawn
  readonly chosen: string | undefined
  readonly from: string | undefined
  readonly onChoose: (id: string) => void
  readonly onOpen: ((id: string) => void) | undefined
  readonly onConnect: ((from: string) => void) | undefined
  readonly onEdit: ((edge: NetworkEdge) => void) | undefined
  readonly onExpand: ((id: string) => void) | undefined
  readonly onPin: (id: string) => void
  readonly isPinned: (id: string) => boolean
}

/** The same graph as text: everything that is drawn, found by name, with the relations of what is chosen. */
export function NetworkList(props: ListProps) {
  const { drawn, chosen, from, onChoose } = props
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const [most, setMost] = useState(page)
  const wanted = useDeferredValue(search.trim().toLocaleLowerCase())
  const near = useMemo(() => relationsByNode(drawn.edges), [drawn])
  const found = useMemo(
    () => drawn.nodes.filter((it) => it.label.toLocaleLowerCase().includes(wanted)),
    [drawn, wanted],
  )
  const node = drawn.nodes.find((it) => it.id === chosen)
  return (
    <div className="network-list">
      <TextInput
        type="search"
        size="xs"
        label={t(from === undefined ? 'network.find' : 'network.findOther')}
        value={search}
        onChange={({ currentTarget }) => {
          setSearch(currentTarget.value)
          setMost(page)
        }}
      />
      {node !== undefined && <Chosen {...props} node={node} relations={near.get(node.id) ?? []} />}
      <table>
        <caption className="unseen">{t('network.nodes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('network.name')}</th>
            <th scope="col">{t('network.kind')}</th>
            <th scope="col" className="number">
              {t('network.relations')}
            </th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, most).map((it) => (
            <tr key={it.id} aria-current={it.id === chosen ? 'true' : undefined}>
              <th scope="row">
                <button type="button" className="network-name" onClick={() => onChoose(it.id)}>
                  <bdi>{it.label}</bdi>
                </button>
              </th>
              <td>{t(`network.schemata.${it.schema}`, it.schema)}</td>
              <td className="number">{near.get(it.id)?.length ?? 0}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.length === 0 && <p className="under">{t('network.notFound')}</p>}
      {found.length > most && (
        <Button variant="default" size="xs" onClick={() => setMost(most + page)}>
          {t('network.more', { shown: most, all: found.length })}
        </Button>
      )}
    </div>
  )
}

interface ChosenProps extends ListProps {
  readonly node: NetworkNode
  readonly relations: readonly NetworkEdge[]
}

function Chosen({
  node,
  relations,
  drawn,
  onChoose,
  onOpen,
  onConnect,
  onEdit,
  onExpand,
  onPin,
  isPinned,
}: ChosenProps) {
  const { t } = useTranslation()
  const [most, setMost] = useState(page)
  const labels = useMemo(() => new Map(drawn.nodes.map((it) => [it.id, it.label])), [drawn])
  return (
    <div className="network-chosen">
      <h3>
        <bdi>{node.label}</bdi>
      </h3>
      <p className="under">
        {t(`network.schemata.${node.schema}`, node.schema)}
        {node.weak && ` · ${t('network.weak')}`}
        {node.note !== undefined && (
          <>
            {' · '}
            <bdi>{node.note}</bdi>
          </>
        )}
      </p>
      <div className="network-acts">
        {onOpen !== undefined ? (
          <Button size="xs" onClick={() => onOpen(node.id)}>
            {t('network.open')}
          </Button>
        ) : (
          node.href !== undefined && <Link to={node.href as '/today'}>{t('network.open')}</Link>
        )}
        {onConnect !== undefined && (
          <Button size="xs" variant="default" onClick={() => onConnect(node.id)}>
            {t('network.connect')}
          </Button>
        )}
        {onExpand !== undefined && (
          <Button size="xs" variant="default" onClick={() => onExpand(node.id)}>
            {t('network.expand')}
          </Button>
        )}
        <Button size="xs" variant="default" aria-pressed={isPinned(node.id)} onClick={() => onPin(node.id)}>
          {t(isPinned(node.id) ? 'network.unpin' : 'network.pin')}
        </Button>
      </div>
      {relations.length > 0 && (
        <table>
          <caption className="unseen">{t('network.relationsOf', { name: node.label })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('network.relation')}</th>
              <th scope="col">{t('network.with')}</th>
              {onEdit !== undefined && (
                <th scope="col">
                  <span className="unseen">{t('network.act')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {relations.slice(0, most).map((it) => (
              <tr key={it.id}>
                <td>
                  {it.from === node.id || it.from === it.to ? '' : '← '}
                  <bdi>{it.label}</bdi>
                  <Span edge={it} />
                </td>
                <th scope="row">
                  <button type="button" className="network-name" onClick={() => onChoose(otherEnd(it, node.id))}>
                    <bdi>{labels.get(otherEnd(it, node.id))}</bdi>
                  </button>
                </th>
                {onEdit !== undefined && (
                  <td>
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t('network.editRelation', {
                        relation: it.label,
                        name: labels.get(otherEnd(it, node.id)),
                      })}
                      onClick={() => onEdit(it)}
                    >
                      {t('network.edit')}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {relations.length > most && (
        <Button variant="default" size="xs" onClick={() => setMost(most + page)}>
          {t('network.more', { shown: most, all: relations.length })}
        </Button>
      )}
    </div>
  )
}

function Span({ edge: { since, until } }: { edge: NetworkEdge }) {
  if (since === undefined && until === undefined) return null
  return (
    <bdi className="under" dir="ltr">
      {since ?? '…'} – {until ?? '…'}
    </bdi>
  )
}
