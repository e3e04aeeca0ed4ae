import { connect } from 'node:tls'
import type { Client } from '#cli/client'
import type { Session } from '#cli/command'
import { type Check, type Finding, untilFinding } from '#cli/commands/doctor'
import { NodeProblem } from '#cli/failure'
import { isFault } from '#kernel/fault'

const warnClockSeconds = 5
const failClockSeconds = 60

export function nodeChecks(session: Session): [string, Check][] {
  let client: Client
  try {
    client = session.client()
  } catch (cause) {
    const next = 'comity sign-in URL, or set COMITY_URL and COMITY_TOKEN.'
    return [['node', async () => ({ what: 'node', state: 'warn', found: (cause as Error).message, next })]]
  }
  let reachable = false
  const ifReachable =
    (check: Check): Check =>
    async () =>
      reachable ? check() : []
  return [
    [
      'node',
      async () => {
        const found = await node(client)
        reachable = found.every((it) => it.state !== 'fail')
        return found
      },
    ],
    ['certificate', ifReachable(() => certificate(client.url))],
    ['token', ifReachable(() => token(client))],
    ['directory', ifReachable(() => directory(client))],
    ['peers', ifReachable(() => peers(client))],
  ]
}

async function node(client: Client): Promise<Finding[]> {
  const asked = Date.now()
  try {
    const { headers, text } = await client.call({ path: '/api/v1/openapi.json', timeoutSeconds: 15 })
    const { info } = JSON.parse(text) as { info: { title: string; version: string } }
    const found = `${info.title}, version ${info.version}, at ${client.url} in ${Date.now() - asked} ms`
    return [{ what: 'node', state: 'ok', found }, clock(headers.get('date'), (asked + Date.now()) / 2)]
  } catch (cause) {
    const next = isFault(cause, 'cli/unreachable')
      ? 'Start it with comity serve, or correct the address.'
      : 'Is this the address of a Comity node?'
    return [{ what: 'node', state: 'fail', found: (cause as Error).message, next }]
  }
}

/** The header has whole seconds, so half a second is no difference. */
function clock(date: string | null, here: number): Finding {
  const what = 'clock'
  if (date === null) return { what, state: 'warn', found: 'the node does not say what time it has' }
  const seconds = Math.abs(Math.round((Date.parse(date) + 500 - here) / 1000))
  const found = seconds === 0 ? 'the same here and at the node' : `${seconds} s apart`
  const next = 'Set both by NTP: validity of keys, clocks of hits and expiry depend on it.'
  if (seconds > failClockSeconds) return { what, state: 'fail', found, next }
  return seconds > warnClockSeconds ? { what, state: 'warn', found, next } : { what, state: 'ok', found }
}

async function certificate(url: string): Promise<Finding | Finding[]> {
  const { protocol, hostname, port } = new URL(url)
  if (protocol !== 'https:') return { what: 'certificate', state: 'ok', found: 'none: the node is on this machine' }
  const until = await new Promise<string>((found, failed) => {
    // Whether it is trusted was settled by the request before; here only its dates are read.
    const socket = connect({
      host: hostname,
      port: Number(port || 443),
      servername: hostname,
      rejectUnauthorized: false,
    })
    socket.setTimeout(10_000, () => socket.destroy(new Error('the node does not answer')))
    socket.once('error', failed)
    socket.once('secureConnect', () => {
      found(new Date(socket.getPeerCertificate().valid_to).toISOString())
      socket.destroy()
    })
  })
  return untilFinding('certificate', until, {
    next: 'Renew the certificate of the node, and list it in the directory.',
  })
}

async function token(client: Client): Promise<Finding> {
  const what = 'token'
  if (!client.signedIn) return { what, state: 'warn', found: 'none', next: 'comity sign-in URL' }
  try {
    const me = await client.json<{ name: string; roles: string[]; scopes: string[] }>({ path: '/api/v1/me' })
    return { what, state: 'ok', found: `${me.name}: ${me.roles.join(', ')}; scopes ${me.scopes.join(', ')}` }
  } catch (cause) {
    if (!(cause instanceof NodeProblem)) throw cause
    const next = 'It is wrong, expired or revoked: comity sign-in URL'
    return { what, state: 'fail', found: cause.problem.title, next }
  }
}

async function directory(client: Client): Promise<Finding> {
  type Shown = { version: number; expiresAt: string; items: unknown[] }
  const shown = await client.json<Shown>({ path: '/api/v1/members' }).catch((cause: unknown) => {
    if (!(cause instanceof NodeProblem) || ![401, 403].includes(cause.problem.status)) throw cause
  })
  if (shown === undefined)
    return { what: 'directory', state: 'warn', found: 'not shown without a valid token', next: 'comity sign-in URL' }
  const { version, items, expiresAt } = shown
  return untilFinding('directory', expiresAt, {
    about: `version ${version}, ${items.length} members, `,
    next: 'The secretariat issues the next one: comity directory propose, sign, adopt.',
    warnDays: 60,
  })
}

interface Peer {
  readonly member: string
  readonly failingSince: string | null
  readonly problem: string | null
  readonly waiting: number
  readonly suspended: string | null
}

/** How the node itself stands with its peers, which is what counts; this machine may not reach them at all. */
async function peers(client: Client): Promise<Finding | Finding[]> {
  try {
    const { items } = await client.json<{ items: Peer[] }>({ path: '/api/v1/peers' })
    return items.map(peerFinding)
  } catch (cause) {
    if (!(cause instanceof NodeProblem) || ![401, 403].includes(cause.problem.status)) throw cause
    const next = 'Sign in as administrator, supervisor or auditor to see how each peer stands.'
    return { what: 'peers', state: 'warn', found: 'not shown to this token', next }
  }
}

function peerFinding({ member, failingSince, problem, waiting, suspended }: Peer): Finding {
  const what = `peer ${member}`
  if (suspended !== null)
    return {
      what,
      state: 'fail',
      found: `suspended: ${suspended}`,
      next: `Look at the evidence, then comity peers reinstate ${member}`,
    }
  if (failingSince !== null) {
    const found = `fails since ${failingSince}: ${problem ?? 'no answer'}; ${waiting} waiting`
    return {
      what,
      state: 'warn',
      found,
      next: 'It is sent again by itself. Call the contact of the member: comity members list',
    }
  }
  return { what, state: 'ok', found: waiting === 0 ? 'nothing waits' : `${waiting} waiting` }
}
