import { z } from 'zod'
import { compareDirectories, type DirectoryChange } from '#capabilities/members/directory-changes'
import { applyEdits, Edit } from '#capabilities/members/directory-edits'
import {
  adopted,
  checkOpen,
  checkSignatures,
  pinnedKids,
  propose as proposeRule,
  sign as signRule,
  stateOf,
  withdraw as withdrawRule,
} from '#capabilities/members/proposal-rules'
import { type Proposal, readProposal, readProposals } from '#capabilities/members/proposal-store'
import { fault, knowableGroups } from '#capabilities/members/rules'
import { operation, type SignedIn } from '#http/operation'
import type { Services } from '#http/services'
import { canonical, hashOf } from '#kernel/canonical'
import { checkDocument, type Directory, SignedDirectory, signersOf } from '#protocol/directory'
import { adoptDirectory } from '#wire/routes'

const watchers = ['administrator', 'supervisor', 'auditor'] as const
const administers = { roles: ['administrator'], scope: 'administer' } as const
const fileLimit = 33_554_432

const ProposalParams = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) })
const Reason = z.string().trim().min(3).max(1_000)
const Who = z.object({ id: z.string().nullable(), name: z.string().nullable() })

const Summary = z.object({
  hash: z.string(),
  version: z.number(),
  state: z.enum(['open', 'in-force', 'overtaken', 'withdrawn']),
  reason: z.string(),
  by: Who,
  at: z.string(),
  withdrawn: z.object({ at: z.string(), reason: z.string() }).nullable(),
  changes: z.number(),
  /** How many keys must sign, and which of the pinned ones have: thumbprints. */
  threshold: z.number(),
  keys: z.array(z.object({ kid: z.string(), signed: z.object({ by: Who, at: z.string() }).nullable() })),
})

const ChangeLine = z.object({
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  field: z.string().nullable(),
  use: z.enum(['sign', 'seal']).optional(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})

async function summaryOf(proposal: Proposal, services: Services): Promise<z.infer<typeof Summary>> {
  const { directories } = services
  const current = directories.current()
  const { hash, version, reason, by_id, by_name, at, withdrawn_at, withdrawn_reason, signatures } = proposal
  const signed = new Map(signatures.map((it) => [it.kid, it]))
  return {
    hash,
    version,
    state: stateOf(proposal, current),
    reason,
    by: { id: by_id, name: by_name },
    at: at.toISOString(),
    withdrawn: withdrawn_at === null ? null : { at: withdrawn_at.toISOString(), reason: withdrawn_reason ?? '' },
    changes: compareDirectories(current, proposal.document).length,
    threshold: directories.trust.threshold,
    keys: (await pinnedKids(directories.trust)).map((kid) => {
      const it = signed.get(kid)
      const by = it && { by: { id: it.by_id, name: it.by_name }, at: it.at.toISOString() }
      return { kid, signed: by ?? null }
    }),
  }
}

/** Changes without those of groups that this node is not to know; who handles the signed document itself sees all of it. */
function knowable(changes: readonly DirectoryChange[], after: Directory, services: Services): DirectoryChange[] {
  const me = services.identity.me
  const known = new Set(
    [services.directories.current(), after].flatMap((it) => knowableGroups(it, me).map((group) => group.id)),
  )
  return changes.filter((it) => !it.kind.startsWith('group-') || known.has(it.id))
}

export const proposals = operation({
  id: 'proposals.list',
  method: 'get',
  path: '/directory/proposals',
  summary: 'Proposed changes of the directory, newest first, with who has signed',
  access: { roles: watchers, scope: 'read' },
  reply: z.object({ items: z.array(Summary) }),
  command: { words: 'proposals list', columns: ['hash', 'version', 'state', 'reason', 'at'] },
  handle: async ({ services }) => {
    const rows = await readProposals(services.store)
    return { items: await Promise.all(rows.map((it) => summaryOf(it, services))) }
  },
})

async function proposalOf({ store }: Services, hash: string): Promise<Proposal> {
  const proposal = await readProposal(store, hash)
  if (proposal === undefined) throw fault('proposals/unknown', 'There is no such proposal.')
  return proposal
}

export const proposal = operation({
  id: 'proposals.show',
  method: 'get',
  path: '/directory/proposals/{hash}',
  summary: 'One proposal: what it changes against the directory in force, and the text that its keepers sign',
  access: { roles: watchers, scope: 'read' },
  params: ProposalParams,
  reply: Summary.extend({
    lines: z.array(ChangeLine),
    /** The canonical text to sign, the directory that it would follow, and the signatures; for those who may read the directory. */
    signing: z
      .object({ text: z.string(), current: SignedDirectory.shape.document, signatures: z.array(z.string()) })
      .nullable(),
  }),
  command: { words: 'proposals show', positional: ['hash'] },
  handle: async ({ params, caller, services }) => {
    const it = await proposalOf(services, params.hash)
    const current = services.directories.current()
    const roles = caller.actor.person?.roles ?? []
    const readsAll = roles.includes('administrator') || roles.includes('auditor')
    const changes = compareDirectories(current, it.document)
    const lines = readsAll ? changes : knowable(changes, it.document, services)
    return {
      ...(await summaryOf(it, services)),
      lines,
      signing: readsAll
        ? { text: canonical(it.document), current, signatures: it.signatures.map((one) => one.signature) }
        : null,
    }
  },
})

function doing(services: Services, signedIn: SignedIn | undefined) {
  const { id = null, name = null } = signedIn?.person ?? {}
  return { person: { id, name }, now: services.store.clock.now(), current: services.directories.current() }
}

export const propose = operation({
  id: 'proposals.propose',
  method: 'post',
  path: '/directory/proposals',
  summary: 'Propose a change of the directory, for its keepers to sign',
  access: administers,
  body: z.object({ edits: z.array(Edit).min(1).max(100), reason: Reason }),
  reply: z.object({ hash: z.string(), version: z.number() }),
  status: 201,
  handle: async ({ body, caller, signedIn, services, commit }) => {
    const { directories } = services
    const about = doing(services, signedIn)
    const document = SignedDirectory.shape.document.parse(await applyEdits(about.current, body.edits, about.now))
    await checkDocument(document, { trust: directories.trust, now: about.now, current: about.current })
    const change = proposeRule(document, { ...about, caller, reason: body.reason, signatures: [] })
    return commit(change, { hash: hashOf(document), version: document.version })
  },
})

export const handInProposal = operation({
  id: 'proposals.hand-in',
  method: 'post',
  path: '/directory/proposals/files',
  summary: 'Hand in a proposed directory as a file, or signatures to one that is here',
  access: administers,
  body: z.object({ signed: SignedDirectory, reason: Reason }),
  limitBytes: fileLimit,
  reply: z.object({ hash: z.string(), version: z.number(), signatures: z.number() }),
  status: 201,
  handle: async ({ body: { signed, reason }, caller, signedIn, services, commit }) => {
    const { directories, store } = services
    const about = doing(services, signedIn)
    const { document } = signed
    await checkDocument(document, { trust: directories.trust, now: about.now, current: about.current })
    const signatures = await checkSignatures(signed, directories.trust)
    if (signed.signatures.length > 0 && signatures.length === 0)
      throw fault('proposals/foreign-key', 'No key that this node pins made a signature in this file.', {
        rule: 'protocol point 1',
      })
    const hash = hashOf(document)
    const known = await readProposal(store, hash)
    const change =
      known === undefined
        ? proposeRule(document, { ...about, caller, reason, signatures })
        : signRule(known, signatures, { ...about, caller })
    return commit(change, { hash, version: document.version, signatures: signatures.length })
  },
})

export const signProposal = operation({
  id: 'proposals.sign',
  method: 'post',
  path: '/directory/proposals/{hash}/signatures',
  summary: 'Add the signature of a directory key, made where the key is',
  access: administers,
  params: ProposalParams,
  body: z.object({ signature: z.string().max(2_048) }),
  reply: z.object({ hash: z.string(), signers: z.array(z.string()) }),
  command: { words: 'proposals sign', positional: ['hash'] },
  handle: async ({ params, body, caller, signedIn, services, commit }) => {
    const it = await proposalOf(services, params.hash)
    const { trust } = services.directories
    const signatures = await checkSignatures({ document: it.document, signatures: [body.signature] }, trust)
    const change = signRule(it, signatures, { ...doing(services, signedIn), caller })
    const signers = [...new Set([...it.signatures, ...signatures].map((one) => one.kid))]
    return commit(change, { hash: it.hash, signers })
  },
})

export const adoptProposal = operation({
  id: 'proposals.adopt',
  method: 'post',
  path: '/directory/proposals/{hash}/adopt',
  summary: 'Put a proposal in force that enough directory keys have signed, and hand it on to all peers',
  access: administers,
  params: ProposalParams,
  body: z.object({}),
  reply: z.object({ version: z.number(), before: z.number() }),
  command: { words: 'proposals adopt', positional: ['hash'] },
  handle: async ({ params, caller, services, commit }) => {
    const { directories, store, identity } = services
    const it = await proposalOf(services, params.hash)
    checkOpen(it, directories.current())
    const before = directories.current().version
    const signatures = it.signatures.map((one) => one.signature)
    const verified = await directories.verify({ document: it.document, signatures })
    // It is in force before its handing in is written, which is what wakes the courier.
    await adoptDirectory(verified, { store, me: identity.me, directories })
    return commit(adopted(it, caller), { version: it.version, before })
  },
})

export const withdrawProposal = operation({
  id: 'proposals.withdraw',
  method: 'post',
  path: '/directory/proposals/{hash}/withdraw',
  summary: 'Take a proposal back, with a reason',
  access: administers,
  params: ProposalParams,
  body: z.object({ reason: Reason }),
  reply: z.object({ hash: z.string() }),
  command: { words: 'proposals withdraw', positional: ['hash'] },
  handle: async ({ params, body, caller, services, commit }) => {
    const it = await proposalOf(services, params.hash)
    const { now, current } = doing(services, undefined)
    return commit(withdrawRule(it, { caller, now, current, reason: body.reason }), { hash: it.hash })
  },
})

export const directoryState = operation({
  id: 'directory.state',
  method: 'get',
  path: '/directory/state',
  summary: 'The directory in force: version, hashes, dates, and which of the pinned keys have signed it',
  access: { roles: 'signed-in', scope: 'read' },
  reply: z.object({
    federation: z.string(),
    version: z.number(),
    hash: z.string(),
    previous: z.string().nullable(),
    issuedAt: z.string(),
    expiresAt: z.string(),
    threshold: z.number(),
    keys: z.array(z.object({ kid: z.string(), signed: z.boolean() })),
  }),
  command: { words: 'directory state' },
  handle: async ({ services: { directories } }) => {
    const signed = directories.signed()
    const { federation, version, previous, issuedAt, expiresAt } = signed.document
    const signers = await signersOf(signed, directories.trust.keys)
    const keys = (await pinnedKids(directories.trust)).map((kid) => ({ kid, signed: signers.has(kid) }))
    const { threshold } = directories.trust
    return { federation, version, hash: hashOf(signed.document), previous, issuedAt, expiresAt, threshold, keys }
  },
})
