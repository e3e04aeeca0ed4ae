import { fault } from '#capabilities/documents/faults'
import { type Directory, findMember } from '#protocol/directory'
import issuing from './issuer-rule.json' with { type: 'json' }

/** Whether a member may say anything of the documents of a state: it is of that state, by the directory (`issuer-rule.json`). */
export function mayDeclare(directory: Directory, member: string, issuer: string): boolean {
  return directory.members.some((it) => it.id === member && it.kind === 'state' && it.country === issuer)
}

/** Throws `documents/not-issuer`. */
export function checkIssuer(directory: Directory, member: string, issuer: string): void {
  if (mayDeclare(directory, member, issuer)) return
  throw fault('documents/not-issuer', `${member} is not the state that issued these documents. ${issuing.what}`, {
    rule: issuing.rule,
    details: { issuer, source: issuing.source },
  })
}

/** The state whose documents a member declares. Throws `documents/not-a-state`. */
export function issuerFor(directory: Directory, member: string): string {
  const { kind, country } = findMember(directory, member)
  if (kind === 'state' && country !== null) return country
  throw fault('documents/not-a-state', `${member} is no state, and issues no travel documents. ${issuing.what}`, {
    rule: issuing.rule,
  })
}
