import { type Given, isOn, one, type Session } from '#cli/command'
import { printJson } from '#cli/print'

/** Takes the second factors of a person away, at the machine of a node that is stopped. */
export async function unlock(given: Given, { terminal, json }: Session): Promise<undefined> {
  const { unlockPerson } = await import('#node/unlock-person')
  const { id, username, oneTimePassword } = await unlockPerson({
    configFile: one(given, 'config')!,
    username: one(given, 'username')!,
    reason: one(given, 'reason')!,
    password: isOn(given, 'password'),
  })
  if (json) {
    printJson(JSON.stringify({ id, username, oneTimePassword }), terminal)
    return undefined
  }
  terminal.out(`${username} has no second factor any more, and no sessions. It stands in the audit.\n`)
  if (oneTimePassword !== null) terminal.out(`One-time password, shown only here: ${oneTimePassword}\n`)
  terminal.out('Start the node; a new factor is set up at the next sign-in where the role needs one.\n')
  return undefined
}
