import { fault, usage } from '#cli/failure'
import { type Profile, readProfiles } from '#cli/profile'
import type { Terminal } from '#cli/terminal'

/** Which node a command speaks to, and as whom. */
export interface Connection {
  readonly url: string
  readonly token: string | undefined
  readonly authorityFile?: string | undefined
}

/**
 * The environment wins over the profile. A token of a profile goes to the node of that profile alone: COMITY_URL without
 * COMITY_TOKEN is no way to hand it to another.
 */
export function connectionOf(terminal: Terminal, name: string | undefined): Connection {
  const { env } = terminal
  const chosen = findProfile(terminal, name)
  const url = env.COMITY_URL ? nodeUrl(env.COMITY_URL) : chosen?.url
  if (url === undefined) throw fault('cli/not-signed-in', 'No node is known here.')
  const own = chosen?.url === url ? chosen : undefined
  const token = env.COMITY_TOKEN || own?.token
  if (token !== undefined) checkPlainHttp(url, terminal)
  return { url, token, authorityFile: own?.authorityFile }
}

function findProfile(terminal: Terminal, name: string | undefined): Profile | undefined {
  const wanted = name ?? terminal.env.COMITY_PROFILE
  if (wanted === undefined && terminal.env.COMITY_URL && terminal.env.COMITY_TOKEN) return undefined
  const { current, profiles } = readProfiles(terminal)
  if (Object.hasOwn(profiles, wanted ?? current)) return profiles[wanted ?? current]
  if (wanted === undefined) return undefined
  const known = Object.keys(profiles)
  throw fault(
    'cli/not-signed-in',
    `There is no profile ${wanted}. ${known.length === 0 ? 'None was made yet.' : `Known: ${known.join(', ')}.`}`,
  )
}

/** Origin of a node, without a path: paths are the API's own. A name without a scheme is https, on this machine http. */
export function nodeUrl(text: string): string {
  const whole = text.includes('://') ? text : `${isLoopback(text.split(':')[0]!) ? 'http' : 'https'}://${text}`
  const url = URL.canParse(whole) ? new URL(whole) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw usage(
      `This is not the address of a node: ${text}. Give one like https://ncb.example or http://localhost:7001`,
    )
  return url.origin
}

/** A token is not sent in clear over a network, where whoever listens could use it. */
export function checkPlainHttp(url: string, { env }: Pick<Terminal, 'env'>): void {
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:' || isLoopback(hostname) || env.COMITY_PLAIN_HTTP === '1') return
  throw fault('cli/plain-http', `${url} has no TLS, and a token would cross the network in clear.`, {
    rule: 'tokens travel over TLS or the loopback',
  })
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
