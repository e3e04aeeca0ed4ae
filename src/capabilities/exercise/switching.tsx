import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Seen } from '#capabilities/exercise/seen'
import { type TaleStep, taleOf } from '#capabilities/exercise/tales'
import { Failed } from '../../web/design/states'
import { useExerciseDesks } from '../../web/exercise-accounts'
import { useNode, useSignedIn } from '../../web/node'
import { placeOf, toStep, useAddressOf } from './story'

interface Going {
  readonly step: TaleStep
  readonly run: string | null | undefined
}

/** To the office that plays a step: another console at its own address, or this page when the step is played here. */
export function GoTo({ step, run }: Going) {
  const { t } = useTranslation()
  const { member } = useSignedIn()
  const addressOf = useAddressOf()
  const label = t(`exercise.goTo.${step.office}`, { role: t(`web.roles.${step.roles[0]!}`) })
  if (step.office === member.id)
    return (
      <Group>
        <Button renderRoot={(props) => <Link {...toStep(step, run)} {...props} />}>
          {t(`exercise.story.${step.id}.title`)}
        </Button>
      </Group>
    )
  const address = addressOf(step.office, '/exercise', { ...placeOf(step, run), as: step.username })
  if (address === undefined)
    return <p>{t('exercise.openYourself', { office: t(`exercise.offices.${step.office}`) })}</p>
  return (
    <Group>
      <Button component="a" href={address}>
        {label}
      </Button>
    </Group>
  )
}

/** Signs another exercise person of this office in, in place of who is signed in now. */
export function SwitchPerson({ step }: { step: TaleStep }) {
  const { t } = useTranslation()
  const { ask, forget } = useNode()
  const client = useQueryClient()
  const desks = useExerciseDesks()
  const role = t(`web.roles.${step.roles[0]!}`)
  const account = desks?.accounts.find((it) => it.username === step.username)
  const signIn = useMutation({
    mutationFn: async ({ username, password }: { username: string; password: string }) => {
      const { next } = await ask<{ next?: string }>('/api/v1/sign-in', { method: 'POST', body: { username, password } })
      // Somebody set up a second factor for this account: the sign-in page asks for it.
      if (next !== undefined) await ask('/api/v1/sign-out', { method: 'POST' })
      forget()
      await client.invalidateQueries({ queryKey: ['me'] })
    },
  })
  return (
    <div>
      <p>{t(account === undefined ? 'exercise.signInYourself' : 'exercise.otherRole', { role })}</p>
      {signIn.error !== null && <Failed cause={signIn.error} />}
      {account !== undefined && (
        <Group>
          <Button loading={signIn.isPending} onClick={() => signIn.mutate(account)}>
            {t('web.exerciseAccounts.as', { role })}
          </Button>
        </Group>
      )}
    </div>
  )
}

interface Following {
  readonly step: TaleStep
  readonly seen: Seen
  readonly run: string | undefined
  /** The step was just played here: Enter goes on. */
  readonly eager: boolean
}

/** The step after this one, at whichever office it is. */
export function NextStep({ step, seen, run, eager }: Following) {
  const { t } = useTranslation()
  const { member } = useSignedIn()
  const addressOf = useAddressOf()
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (eager) link.current?.focus()
  }, [eager])
  const { steps } = taleOf(seen.tale)
  const next = steps[steps.indexOf(step) + 1]
  if (next === undefined) return null
  const title = t(`exercise.story.${next.id}.title`)
  if (next.office === member.id)
    return (
      <p className="story-next">
        <Button renderRoot={(props) => <Link {...toStep(next, run ?? seen.run)} {...props} ref={link} />}>
          {t('exercise.next', { step: title })}
        </Button>
      </p>
    )
  const address = addressOf(next.office, '/exercise', { ...placeOf(next, run ?? seen.run), as: next.username })
  return (
    <p className="story-next">
      {address !== undefined && (
        <Button component="a" href={address} ref={link}>
          {t(`exercise.sees.${next.office}`)}
        </Button>
      )}
      <span className="under">
        {title} · {t(`exercise.offices.${next.office}`)} · {t(`web.roles.${next.roles[0]!}`)}
      </span>
    </p>
  )
}
