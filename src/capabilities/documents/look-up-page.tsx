import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { numberFormat } from '#kernel/language-formats'
import { Empty, Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import { ForWork } from '../../web/work-bar'
import { FoundDocuments } from './found-documents'
import { anyDirection, DocumentNumber, KindSelect } from './pieces'
import type { ShownFound } from './shown'
import { DocumentsHead } from './tabs'

interface Answer {
  readonly number: string
  readonly found: readonly ShownFound[]
  readonly near: readonly ShownFound[]
  readonly size: number
}

/** One document, by what is written on it: what was declared of it, and what to do now. */
export function Page() {
  return (
    <>
      <DocumentsHead />
      <ForWork>
        <LookUp />
      </ForWork>
    </>
  )
}

function LookUp() {
  const { t } = useTranslation()
  const ask = useAsk()
  const [number, setNumber] = useState('')
  const [issuer, setIssuer] = useState('')
  const [kind, setKind] = useState<string | null>(null)
  // Looking up is audited, and so done when a person asks for it, and never again by itself.
  const looking = useMutation({
    networkMode: 'always',
    mutationFn: () =>
      ask<Answer>('/api/v1/documents/look-up', {
        method: 'POST',
        body: {
          number,
          ...(issuer.trim() === '' ? {} : { issuer: issuer.trim() }),
          ...(kind === null ? {} : { kind }),
        },
      }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    looking.mutate()
  }
  return (
    <Stack gap="md">
      <search>
        <form onSubmit={submit} aria-label={t('documents.tabs.lookUp')}>
          <Group gap="md" align="flex-end">
            <TextInput
              label={t('documents.fields.number')}
              value={number}
              onChange={(event) => setNumber(event.currentTarget.value)}
              required
              maxLength={120}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
              {...anyDirection}
            />
            <TextInput
              label={t('documents.lookUp.issuer')}
              value={issuer}
              onChange={(event) => setIssuer(event.currentTarget.value)}
              maxLength={3}
              w={160}
              autoComplete="off"
              dir="ltr"
            />
            <KindSelect value={kind} onChange={setKind} />
            <Button type="submit" loading={looking.isPending} disabled={number.trim() === ''}>
              {t('documents.lookUp.go')}
            </Button>
          </Group>
        </form>
      </search>
      {looking.error !== null && <Failed cause={looking.error} />}
      {looking.isPending && <Slow lines={3} />}
      {looking.data === undefined && !looking.isPending && looking.error === null && (
        <Empty title={t('documents.lookUp.start')}>{t('documents.lookUp.startText')}</Empty>
      )}
      {looking.data !== undefined && !looking.isPending && <Result answer={looking.data} kind={kind} />}
    </Stack>
  )
}

function Result({ answer, kind }: { answer: Answer; kind: string | null }) {
  const { t, i18n } = useTranslation()
  const { number, found, near, size } = answer
  return (
    <Stack gap="md" role="status">
      <p className="under">
        {t('documents.lookUp.readAs')} <DocumentNumber number={number} />
        {' · '}
        {t('documents.lookUp.among', { size: numberFormat(i18n.language).format(size) })}
      </p>
      {found.length === 0 && <Empty title={t('documents.lookUp.none')}>{t('documents.lookUp.noneText')}</Empty>}
      {found.length > 0 && (
        <FoundDocuments title={t('documents.lookUp.found')} found={found} presented={{ number, kind }} />
      )}
      {near.length > 0 && (
        <FoundDocuments
          title={t('documents.lookUp.near')}
          text={t('documents.lookUp.nearText')}
          found={near}
          presented={{ number, kind }}
        />
      )}
    </Stack>
  )
}
