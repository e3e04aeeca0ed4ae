import { openClient } from '#cli/client'
import type { Session } from '#cli/command'
import { fault, NodeProblem, usage } from '#cli/failure'
import { printJson, printValue } from '#cli/print'
import { changeProfiles, readProfiles } from '#cli/profile'

/** Forgets the profile, and revokes its token when the node can be reached and the token was made by `sign-in`. */
export async function signOut(keepToken: boolean, session: Session): Promise<undefined> {
  const { terminal, json } = session
  const { current, profiles } = readProfiles(terminal)
  const name = session.profile ?? terminal.env.COMITY_PROFILE ?? current
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (profile === undefined) throw fault('cli/not-signed-in', `There is no profile ${name}.`)
  const revoked = keepToken || profile.tokenId === undefined ? false : await revoke(profile, profile.tokenId, session)
  changeProfiles(terminal, (before) => {
    const left = Object.fromEntries(Object.entries(before.profiles).filter(([it]) => it !== name))
    return { current: before.current === name ? (Object.keys(left)[0] ?? 'default') : before.current, profiles: left }
  })
  if (json) printJson(JSON.stringify({ profile: name, revoked }), terminal)
  else
    terminal.out(
      `The profile ${name} is gone${revoked ? ' and its token revoked' : '. Its token is still valid: comity tokens revoke'}.\n`,
    )
  return undefined
}

async function revoke(profile: Parameters<typeof openClient>[0], id: string, { terminal }: Session): Promise<boolean> {
  try {
    await openClient(profile, terminal).call({ method: 'DELETE', path: `/api/v1/tokens/${encodeURIComponent(id)}` })
    return true
  } catch (cause) {
    // A token that the node no longer takes needs no revoking.
    if (cause instanceof NodeProblem) return cause.problem.status === 401
    terminal.err(`${(cause as Error).message}\n`)
    return false
  }
}

export function listProfiles({ terminal, json }: Session): undefined {
  const { current, profiles } = readProfiles(terminal)
  const items = Object.entries(profiles).map(([name, { url }]) => ({ name, url, current: name === current }))
  if (json) printJson(JSON.stringify({ items }), terminal)
  else printValue({ items }, { terminal, columns: ['name', 'url', 'current'] })
  return undefined
}

export function useProfile(name: string, { terminal, json }: Session): undefined {
  const { profiles } = readProfiles(terminal)
  if (!Object.hasOwn(profiles, name)) throw usage(`There is no profile ${name}. comity profiles list shows them.`)
  changeProfiles(terminal, (before) => ({ ...before, current: name }))
  if (json) printJson(JSON.stringify({ current: name }), terminal)
  else terminal.out(`Commands go to ${profiles[name]!.url} now.\n`)
  return undefined
}
