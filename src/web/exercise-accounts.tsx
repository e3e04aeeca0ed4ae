import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Refusal } from './ask'
import { useAsk } from './node'
import { office } from './office'
import type { Role } from './part'

export interface ExerciseAccount {
  readonly username: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly password: string
}

/** What the node of an exercise on one machine offers to whoever is at it; every other node has nothing at that address. */
export interface ExerciseDesks {
  readonly member: string
  readonly accounts: readonly ExerciseAccount[]
  readonly offices: readonly { readonly member: string; readonly name: string; readonly url: string }[]
}

/** `null` where nothing is offered, `undefined` while that is not known. */
export function useExerciseDesks(): ExerciseDesks | null | undefined {
  const ask = useAsk()
  const { data } = useQuery({
    queryKey: ['exercise-desks'],
    queryFn: () =>
      ask<ExerciseDesks>('/api/v1/exercise/accounts').catch((cause: unknown) => {
        if (cause instanceof Refusal && cause.status === 404) return null
        throw cause
      }),
    enabled: office.exercise,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return office.exercise ? data : null
}

interface Choosing {
  readonly busy: boolean
  readonly onChoose: (body: { username: string; password: string }) => void
}

/** One click signs in as an invented person; whom a link from another office names with `as` stands first. */
export function ExerciseAccounts({ busy, onChoose }: Choosing) {
  const { t } = useTranslation()
  const desks = useExerciseDesks()
  if (desks === null || desks === undefined) return null
  const asked = new URLSearchParams(location.search).get('as')
  const accounts = desks.accounts.toSorted((a, b) => Number(b.username === asked) - Number(a.username === asked))
  return (
    <section aria-label={t('web.exerciseAccounts.title')} className="exercise-accounts">
      <Stack gap="xs">
        <strong>{t('web.exerciseAccounts.title')}</strong>
        <p className="under">{t('web.exerciseAccounts.text')}</p>
        {accounts.map(({ username, password, roles }) => (
          <Button
            key={username}
            variant={username === asked ? 'filled' : 'default'}
            disabled={busy}
            onClick={() => onChoose({ username, password })}
          >
            {t('web.exerciseAccounts.as', { role: roles.map((it) => t(`web.roles.${it}`)).join(', ') })}
          </Button>
        ))}
      </Stack>
    </section>
  )
}
