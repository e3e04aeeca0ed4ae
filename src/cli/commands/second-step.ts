import { ask } from '#cli/ask'
import type { Client, Reply } from '#cli/client'
import { NodeProblem, usage } from '#cli/failure'
import { printable } from '#cli/printable'
import type { Terminal } from '#cli/terminal'

/** What the node answers to a right password of somebody who has, or needs, a second factor. */
export interface NextStep {
  readonly ticket: string
  readonly methods: readonly string[]
}

interface Speaking {
  readonly client: Client
  readonly terminal: Terminal
}

const triesAtOnce = 3

export function cookieOf({ headers }: Reply): string {
  return headers
    .getSetCookie()
    .map((it) => it.split(';')[0])
    .join('; ')
}

/** The second step of a sign-in: a code of the authenticator, or a recovery code. Gives the cookie of the session. */
export async function proveSecondFactor(
  { ticket, methods }: NextStep,
  { client, terminal }: Speaking,
): Promise<string> {
  if (!methods.some((it) => it === 'totp' || it === 'recovery'))
    throw usage(
      'Your second factor is a passkey. Sign in to the console, make a token there, and give it with --token.',
    )
  const question = methods.includes('totp') ? 'Code of your authenticator, or a recovery code' : 'Recovery code'
  return again(terminal, async () => {
    const typed = (await ask(terminal, question)).trim()
    const proof = isCode(typed) ? { code: typed } : { recoveryCode: typed }
    return client.call({ method: 'POST', path: '/api/v1/sign-in/second-factor', body: { ticket, ...proof } })
  }).then(cookieOf)
}

/** Six digits, in whatever groups; a recovery code has twenty signs. */
function isCode(typed: string): boolean {
  return /^\d{6}$/.test(typed.replaceAll(/\s/g, ''))
}

/** Sets up the second factor that the role of the person needs before the first session. */
export async function enrol({ ticket }: NextStep, { client, terminal }: Speaking): Promise<string> {
  const { secret, uri } = await client.json<{ secret: string; uri: string }>({
    method: 'POST',
    path: '/api/v1/sign-in/enrolment',
    body: { ticket },
  })
  const { renderUnicodeCompact } = await import('uqr')
  terminal.err('Your role needs a second factor. Have an authenticator read this, or type its secret there:\n')
  terminal.err(`\n${renderUnicodeCompact(uri)}\n\n${printable(secret.match(/.{1,4}/g)?.join(' ') ?? '')}\n\n`)
  const reply = await again(terminal, async () => {
    const code = (await ask(terminal, 'Code that the authenticator shows')).trim()
    return client.call({ method: 'POST', path: '/api/v1/sign-in/enrolment/confirmation', body: { ticket, code } })
  })
  const { recoveryCodes } = JSON.parse(reply.text) as { recoveryCodes: readonly string[] }
  terminal.err('Recovery codes, each for one sign-in without the authenticator. They are not shown again:\n')
  terminal.err(`${recoveryCodes.map((it) => `  ${printable(it)}`).join('\n')}\n`)
  return cookieOf(reply)
}

/** A code may run out while it is typed, so a wrong one may be typed again. */
async function again(terminal: Terminal, attempt: () => Promise<Reply>): Promise<Reply> {
  for (let left = triesAtOnce; ; left--) {
    try {
      return await attempt()
    } catch (cause) {
      if (left === 1 || !(cause instanceof NodeProblem) || cause.problem.code !== 'people/wrong-code') throw cause
      terminal.err(`${printable(cause.problem.title)}\n`)
    }
  }
}
