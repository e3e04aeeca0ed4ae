import { Alert, Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Refusal } from '../ask'

/** Loading keeps the layout: as many grey lines as there will be. */
export function Slow({ lines = 6 }: { lines?: number }) {
  const { t } = useTranslation()
  return (
    <Stack gap="sm" role="status" aria-label={t('web.states.loading')} className="slow">
      {Array.from({ length: lines }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <Skeleton key={at} height={18} width={at % 3 === 2 ? '60%' : '100%'} animate={false} />
      ))}
    </Stack>
  )
}

/** Says what would be here and how to get it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Stack gap="xs" className="empty" role="status">
      <Text fw={600}>{title}</Text>
      {children !== undefined && <Text>{children}</Text>}
    </Stack>
  )
}

/** Says what happened, which rule says so, and what to do: try again, or whom to tell. */
export function Failed({ cause, retry }: { cause: unknown; retry?: () => void }) {
  const { t } = useTranslation()
  const refusal = cause instanceof Refusal ? cause : undefined
  const offline = refusal?.status === 0
  return (
    <Alert role="alert" color="red" variant="outline" title={t(offline ? 'web.states.offline' : 'web.states.failed')}>
      <Stack gap="xs" align="flex-start">
        {offline ? <Text>{t('web.states.offlineText')}</Text> : <Said cause={cause} />}
        {refusal?.rule && <Text size="xs">{t('web.states.rule', { rule: refusal.rule })}</Text>}
        {refusal?.correlation && (
          <Text size="xs">
            {t('web.states.correlation')} <bdi className="code">{refusal.correlation}</bdi>
          </Text>
        )}
        {retry !== undefined && (
          <Button size="xs" variant="default" onClick={retry}>
            {t('web.states.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}

/**
 * What the node said, in the language of the page where there are words for its code or its rule. The node speaks English: its
 * own sentence, which may name more, stands below, and is marked as English for those who read by ear.
 */
function Said({ cause }: { cause: unknown }) {
  const { t, i18n } = useTranslation()
  const original = cause instanceof Error ? cause.message : String(cause)
  const { code, rule } = cause instanceof Refusal ? cause : { code: '', rule: null }
  const key = [`web.refusals.codes.${code}`, `web.refusals.rules.${rule}`].find((it) => i18n.exists(it))
  const english = (
    <Text lang="en" dir="ltr" {...(key === undefined ? {} : { size: 'xs' })}>
      {original}
    </Text>
  )
  if (i18n.language === 'en' || key === undefined) return english
  return (
    <>
      <Text>{t(key)}</Text>
      {english}
    </>
  )
}

/** A page that cannot be drawn: the rest of the console stands, and it can be tried again. */
export function Broken({ error, reset }: { error: unknown; reset: () => void }) {
  return <Failed cause={error} retry={reset} />
}

export function Missing() {
  const { t } = useTranslation()
  return (
    <Stack gap="sm">
      <Title order={1} size="h3">
        {t('web.states.missing')}
      </Title>
      <Text>{t('web.states.missingText')}</Text>
      <Link to="/today">{t('web.today.title')}</Link>
    </Stack>
  )
}
