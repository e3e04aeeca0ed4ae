import { z } from 'zod'
import { isExhausted } from '#capabilities/people/factor-rules'
import { hasSecondFactor, keepTicket, type PersonFactors, readTicket } from '#capabilities/people/factor-store'
import { fault } from '#capabilities/people/faults'
import { Person } from '#capabilities/people/record'
import { digestOf, newSessionSecret } from '#capabilities/people/secrets'
import { callerAs, replacePassword, together } from '#capabilities/people/sessions'
import type { PersonRow, TicketRow } from '#capabilities/people/store'
import type { Services } from '#http/services'
import type { Change } from '#store/change'
import type { Caller } from '#store/reader'

/** What a sign-in answers: a session, or what is still to be done. */

export const SignedInReply = z.object({ person: Person, expiresAt: z.string() })

const methods = ['totp', 'passkey', 'recovery'] as const

export const NextStep = z.object({
  next: z.enum(['second-factor', 'enrolment']),
  ticket: z.string().describe('Stands for the password in the next step. Keep it in memory only.'),
  methods: z.array(z.enum(methods)).describe('What the second factor can be shown with'),
  expiresAt: z.string(),
})

/** What is left to do after the password. A passkey alone is two factors, so those who sign in with one have no next step. */
export function nextStep(factors: PersonFactors): TicketRow['step'] | undefined {
  if (hasSecondFactor(factors)) return 'second-factor'
  return factors.required ? 'enrolment' : undefined
}

interface Opening {
  readonly step: TicketRow['step']
  readonly factors: PersonFactors
  readonly nextPassword: string | null
}

/** Nothing is signed in yet, and a one-time password is not yet used up: both wait for the next step. */
export async function openTicket(
  person: Pick<PersonRow, 'id' | 'password'>,
  { step, factors, nextPassword }: Opening,
  { store }: Pick<Services, 'store'>,
): Promise<z.infer<typeof NextStep>> {
  const ticket = newSessionSecret()
  const { rows, expiresAt } = await keepTicket(store, {
    digest: digestOf(ticket),
    person: person.id,
    step,
    password: person.password,
    next_password: nextPassword,
  })
  await store.commit({ rows, audit: [] })
  const { totp, passkeys, recoveryCodes } = factors
  const has = {
    totp: totp !== undefined && totp.confirmed_at !== null && !isExhausted(totp),
    passkey: passkeys > 0,
    recovery: recoveryCodes > 0,
  }
  const offered = step === 'enrolment' ? [] : methods.filter((it) => has[it])
  return { next: step, ticket, methods: offered, expiresAt: expiresAt.toISOString() }
}

/** Throws `people/step-expired`. */
export async function findTicket(
  { store }: Pick<Services, 'store'>,
  ticket: string,
  step: TicketRow['step'],
): Promise<{ ticket: TicketRow; person: PersonRow }> {
  const known = await readTicket(store, digestOf(ticket), step)
  if (known === undefined)
    throw fault(
      'people/step-expired',
      'This step of the sign-in took too long, or it was used. Begin again with your password.',
    )
  return known
}

/** Uses the ticket up, and puts a password of one's own in place of a one-time password. Gives the person as they then are. */
export function redeem(
  { ticket, person }: { ticket: TicketRow; person: PersonRow },
  { actor }: Pick<Caller, 'actor'>,
): { person: PersonRow; change: Change } {
  const used: Change = {
    rows: [{ op: 'delete', table: 'sign_in_tickets', where: { digest: ticket.digest }, expect: 1 }],
    audit: [],
  }
  if (ticket.next_password === null) return { person, change: used }
  const caller = callerAs(actor.member, person)
  return {
    person: { ...person, password: ticket.next_password },
    change: together(used, replacePassword(person, ticket.next_password, { caller })),
  }
}
