import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { ask } from '#cli/ask'
import { type Client, openClient } from '#cli/client'
import { type Given, one, type Session } from '#cli/command'
import { cookieOf, enrol, type NextStep, proveSecondFactor } from '#cli/commands/second-step'
import { checkPlainHttp, nodeUrl } from '#cli/connection'
import { NodeProblem, usage } from '#cli/failure'
import { askNode, keepFacts } from '#cli/node-facts'
import { printJson } from '#cli/print'
import { printable } from '#cli/printable'
import { changeProfiles, profileFile } from '#cli/profile'
import type { Terminal } from '#cli/terminal'

/** Who the node says is signed in. */
interface Me {
  readonly username: string
  readonly name: string
  readonly roles: readonly string[]
  readonly scopes: readonly string[]
  readonly member: { readonly id: string; readonly name: string }
}

const usualProfile = 'default'
const usualTokenDays = '30'

/** Checks a token, or makes one with a username and password, and keeps it with the address in the profile. */
export async function signIn(given: Given, session: Session): Promise<undefined> {
  const { terminal, json } = session
  const url = nodeUrl(one(given, 'url')!)
  const authority = one(given, 'authority')
  const authorityFile = authority === undefined ? undefined : resolve(authority)
  checkPlainHttp(url, terminal)
  const connect = (token: string | undefined) => openClient({ url, token, authorityFile }, terminal)
  const handed = await givenToken(given, terminal)
  const { token, id } =
    handed === undefined ? await makeToken(given, connect(undefined), terminal) : { token: handed, id: undefined }
  const me = await connect(token).json<Me>({ path: '/api/v1/me' })
  const name = session.profile ?? terminal.env.COMITY_PROFILE ?? usualProfile
  const profile = {
    url,
    token,
    ...(id === undefined ? {} : { tokenId: id }),
    ...(authorityFile === undefined ? {} : { authorityFile }),
  }
  changeProfiles(terminal, (before) => ({ current: name, profiles: { ...before.profiles, [name]: profile } }))
  const facts = await askNode(url)
  if (facts !== undefined) keepFacts(url, facts, terminal)
  const about = { profile: name, url, username: me.username, member: me.member.id, roles: me.roles, scopes: me.scopes }
  if (json) printJson(JSON.stringify(about), terminal)
  else {
    const who = `${me.name} of ${me.member.name}: ${me.roles.join(', ')}`
    terminal.out(
      `Signed in as ${printable(who)}.\nCommands use the profile ${name} now, in ${profileFile(terminal)}.\n`,
    )
  }
  return undefined
}

/** Secrets on a command line can be read by all users of a machine, so `-` and the environment serve as well. */
async function givenToken(given: Given, terminal: Terminal): Promise<string | undefined> {
  const token = one(given, 'token')
  if (token === undefined)
    return one(given, 'username') === undefined ? terminal.env.COMITY_TOKEN || undefined : undefined
  const text = (token === '-' ? await terminal.readInput() : token).trim()
  if (!/^[\x21-\x7e]+$/.test(text)) throw usage('This is not a token.')
  return text
}

/** Signs in with a password for as long as it takes to make a token, within all that the roles of the person allow. */
async function makeToken(given: Given, client: Client, terminal: Terminal): Promise<{ token: string; id: string }> {
  const username = one(given, 'username') ?? (await ask(terminal, 'Username'))
  const cookie = await openSession(client, { username, terminal })
  const { scopesLeft } = await import('#capabilities/people/tokens')
  const { scopes } = await import('#http/operation')
  const { roles } = await client.json<{ roles: Parameters<typeof scopesLeft>[1] }>({
    path: '/api/v1/me',
    headers: { cookie },
  })
  const days = Number(one(given, 'days') ?? usualTokenDays)
  const body = { name: `comity on ${hostname()}`.slice(0, 80), scopes: scopesLeft(scopes, roles), days }
  const made = await client.json<{ token: string; id: string }>({
    method: 'POST',
    path: '/api/v1/tokens',
    headers: { cookie },
    body,
  })
  await client.call({ method: 'POST', path: '/api/v1/sign-out', headers: { cookie } })
  return made
}

async function openSession(
  client: Client,
  { username, terminal }: { username: string; terminal: Terminal },
): Promise<string> {
  const password = await ask(terminal, 'Password', { hidden: true })
  const signInWith = async (body: object) => {
    const reply = await client.call({ method: 'POST', path: '/api/v1/sign-in', body })
    const answer = JSON.parse(reply.text) as { next?: string } & NextStep
    if (answer.next === undefined) return cookieOf(reply)
    return answer.next === 'enrolment'
      ? enrol(answer, { client, terminal })
      : proveSecondFactor(answer, { client, terminal })
  }
  try {
    return await signInWith({ username, password })
  } catch (cause) {
    if (!(cause instanceof NodeProblem) || cause.problem.code !== 'people/password-change-needed') throw cause
    terminal.err('This password serves once. Choose your own.\n')
    return signInWith({ username, password, newPassword: await askNewPassword(terminal) })
  }
}

async function askNewPassword(terminal: Terminal): Promise<string> {
  const first = await ask(terminal, 'New password', { hidden: true })
  if ((await ask(terminal, 'New password, again', { hidden: true })) !== first) throw usage('The two are not the same.')
  return first
}

/** Makes the first administrator of a new node with the code that stands in its log. */
export async function setUp(given: Given, session: Session): Promise<undefined> {
  const { terminal, json } = session
  const url = nodeUrl(one(given, 'url')!)
  checkPlainHttp(url, terminal)
  const body = {
    code: one(given, 'code') ?? (await ask(terminal, 'Code in the log of the node')),
    username: one(given, 'username') ?? (await ask(terminal, 'Username of the first administrator')),
    name: one(given, 'name') ?? (await ask(terminal, 'Name')),
    password: await askNewPassword(terminal),
  }
  const { text } = await openClient({ url, token: undefined }, terminal).call({
    method: 'POST',
    path: '/api/v1/people/first',
    body,
  })
  if (json) printJson(text, terminal)
  else
    terminal.out(
      `${printable(body.username)} administers ${url}. Next: comity sign-in ${url} --username ${printable(body.username)}\n`,
    )
  return undefined
}
