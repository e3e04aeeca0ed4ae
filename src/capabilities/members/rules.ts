import { shownKey } from '#capabilities/members/key-windows'
import type { Fork, PeerState } from '#capabilities/members/store'
import { defineFaults } from '#kernel/fault'
import { shorten } from '#kernel/text'
import { type Directory, partyOf } from '#protocol/directory'
import { audited } from '#store/audited'
import type { Change } from '#store/change'
import type { Caller } from '#store/reader'

export const fault = defineFaults({
  'members/not-suspended': 'conflict',
  'members/no-fork': 'conflict',
  'members/too-long-ago': 'conflict',
  'members/unknown-item': 'missing',
  'members/unknown': 'missing',
  'proposals/unknown': 'missing',
  'proposals/no-change': 'invalid',
  'proposals/no-member': 'invalid',
  'proposals/no-key': 'invalid',
  'proposals/member-exists': 'conflict',
  'proposals/not-newer': 'conflict',
  'proposals/foreign-key': 'forbidden',
  'proposals/closed': 'conflict',
})

/** Groups of which this node may know: its own, and all of them for the secretariat. */
export function knowableGroups(directory: Directory, me: string): Directory['groups'] {
  const { kind } = partyOf(directory, me)
  return directory.groups.filter((it) => kind === 'secretariat' || it.members.includes(me))
}

/** What the people of this node see of the directory: the groups of others are not theirs to know. */
export function visibleDirectory(directory: Directory, me: string, now: Date) {
  const groups = knowableGroups(directory, me)
  const items = directory.members.map(({ id, name, kind, country, mandates, contact, roles, suspended, ...it }) => ({
    id,
    name,
    kind,
    country,
    mandates,
    contact,
    roles,
    suspended,
    endpoint: it.endpoint.url,
    keys: it.keys.map((key) => shownKey(key, now)),
    self: id === me,
    groups: groups.filter((one) => one.members.includes(id)).map((one) => one.id),
  }))
  return { items, groups }
}

/** The newest directory counts as handed in by a person, though what makes it valid is who signed it. */
export function handIn(directory: Directory, caller: Caller, refused?: { code: string; message: string }): Change {
  const { federation, version } = directory
  return {
    audit: [
      audited('administer', caller, {
        object: { type: 'directory', id: shorten(federation, 256), version },
        outcome: refused === undefined ? 'permitted' : 'refused',
        rule: 'protocol point 1',
        reason: refused === undefined ? 'Directory handed in.' : `${refused.code}: ${refused.message}`,
      }),
    ],
  }
}

export interface Reinstatement {
  /**
   * Which of the two chains goes on. `ours`: after the last envelope taken here, for a fork that somebody else made with a
   * stolen key. `theirs`: with the envelope that made the fork, for a peer that was restored from an older copy.
   */
  readonly chain: 'ours' | 'theirs'
  readonly reason: string
}

/** More than this and the peer's chain is not mended but begun anew, with new keys and a person at each end. */
export const setAsideLimit = 1_000

/**
 * Lifts the suspension that a fork brought (protocol point 4). Taking up their chain sets the envelopes that they replace
 * aside, under another name: evidence is never deleted.
 */
export function reinstate(
  peer: PeerState,
  { chain, reason }: Reinstatement,
  { caller, now, fork, taken }: { caller: Caller; now: Date; fork: Fork | undefined; taken: readonly number[] },
): Change {
  const { member, suspended } = peer
  if (suspended === null) throw fault('members/not-suspended', `${member} is not suspended here.`)
  const audit = [
    audited('administer', caller, {
      object: { type: 'peer', id: member },
      rule: 'protocol point 4',
      reason,
      details: { act: 'reinstate', chain, was: suspended },
    }),
  ]
  const where = { member, suspended, in_sequence: peer.taken }
  if (chain === 'ours')
    return { rows: [{ op: 'update', table: 'peers', where, values: { suspended: null }, expect: 1 }], audit }
  if (fork === undefined) throw fault('members/no-fork', `No envelope of ${member} that made a fork is kept here.`)
  if (taken.length > setAsideLimit)
    throw fault('members/too-long-ago', `The chain of ${member} forked more than ${setAsideLimit} envelopes ago.`)
  const name = `${member} until ${now.toISOString()}`
  return {
    rows: [
      ...taken.map((sequence) => ({
        op: 'update' as const,
        table: 'inbox',
        where: { sender: member, sequence },
        values: { sender: name },
        expect: 1,
      })),
      {
        op: 'update',
        table: 'peers',
        where,
        values: { suspended: null, in_sequence: fork.sequence - 1, in_hash: fork.previous },
        expect: 1,
      },
    ],
    audit,
  }
}
