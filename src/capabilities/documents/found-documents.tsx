import { Button, Stack, Title } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MemberName } from '../../web/design/member-name'
import { useSignedIn } from '../../web/node'
import { AskOwner } from './ask-owner'
import { DocumentNumber, useIssuerName } from './pieces'
import type { ShownFound } from './shown'

interface Listed {
  readonly title: string
  readonly text?: string
  readonly found: readonly ShownFound[]
  /** The document as it was presented. */
  readonly presented: { readonly number: string; readonly kind: string | null }
}

const columns = ['number', 'status', 'kind', 'issuer', 'declaredAt', 'owner'] as const

/** What was declared, by whom, and what to do next. */
export function FoundDocuments({ title, text, found, presented }: Listed) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
      {text !== undefined && <p className="caution">{text}</p>}
      <table className="queue">
        <caption className="unseen">{title}</caption>
        <thead>
          <tr>
            {columns.map((it) => (
              <th key={it} scope="col">
                {t(`documents.fields.${it}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.map((it) => (
            <Row key={`${it.issuer} ${it.kind} ${it.number}`} one={it} />
          ))}
        </tbody>
      </table>
      <Stack gap="sm" mt="sm">
        {found.map((it) => (
          <Next key={`${it.issuer} ${it.kind} ${it.number}`} one={it} presented={presented} />
        ))}
      </Stack>
    </section>
  )
}

function Row({ one }: { one: ShownFound }) {
  const { t } = useTranslation()
  const nameOf = useIssuerName()
  return (
    <tr>
      <th scope="row">
        <DocumentNumber number={one.number} />
      </th>
      <td>
        {one.stop ? <strong>{t(`documents.statuses.${one.status}`)}</strong> : t(`documents.statuses.${one.status}`)}
      </td>
      <td>{t(`documents.kinds.${one.kind}`)}</td>
      <td>{nameOf(one.issuer)}</td>
      <td>
        <time dateTime={one.declaredAt}>
          <bdi>{one.declaredAt}</bdi>
        </time>
      </td>
      <td>
        <MemberName id={one.owner} />
      </td>
    </tr>
  )
}

function Next({ one, presented }: { one: ShownFound; presented: Listed['presented'] }) {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const [asking, setAsking] = useState(false)
  const asks = roles.some((it) => it === 'officer' || it === 'supervisor' || it === 'border')
  const said = one.ours ? 'ours' : one.stop ? 'compare' : 'ended'
  return (
    <div>
      <p>{t(`documents.next.${said}`, { number: one.number })}</p>
      {!one.ours && asks && !asking && (
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('documents.ask.open')}
        </Button>
      )}
      {asking && (
        <AskOwner
          document={{ number: presented.number, issuer: one.issuer, kind: presented.kind ?? one.kind }}
          owner={one.owner}
        />
      )}
    </div>
  )
}
