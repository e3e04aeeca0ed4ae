import { type AskNode, known, type Looking, newest, orNothing } from '#capabilities/exercise/asking'
import { suspectName, travellerName } from '#capabilities/exercise/story-records'

/** What this office knows of the story of a record, read with the rights of whoever is signed in. */

export interface Holder {
  readonly member: string
  readonly state: 'sent' | 'held' | 'rejected' | 'recalling' | 'erased'
  readonly version: number
  readonly via: string | null
  readonly since: string
  readonly open: { readonly kind: string; readonly since: string } | null
}

export interface SeenHit {
  readonly id: string
  readonly state: string
  readonly dueAt: string | null
  readonly reportedAt: string
  readonly answeredAt: string | null
  readonly dueRule: string | null
  readonly action: { readonly requested: string; readonly permitted: string; readonly instruction: string }
}

export interface RecordsSeen {
  readonly tale: 'records'
  readonly office: string
  /** The id of the suspect's record in this round of the story: the same at every office that ever held it. */
  readonly run: string | null
  readonly traveller: string | null
  readonly suspect: {
    readonly state: 'active' | 'suspended' | 'withdrawn' | 'gone'
    readonly version: number | null
    readonly birthDate: string | null
    readonly associates: number
    readonly receivedFrom: string | null
  } | null
  readonly holders: readonly Holder[]
  readonly candidate: { readonly id: string; readonly state: string; readonly reasons: readonly string[] } | null
  readonly hit: SeenHit | null
  /** Whether the owner was told what was done with the hit. */
  readonly told: boolean
  readonly request: { readonly id: string; readonly state: string } | null
  /** The record of France that was then shared as it may not be. */
  readonly refused: string | null
  /** Whether the whole trail was exported by an auditor since the last act of this round. */
  readonly verified: boolean
}

const nothing: Omit<RecordsSeen, 'office'> = {
  tale: 'records',
  run: null,
  traveller: null,
  suspect: null,
  holders: [],
  candidate: null,
  hit: null,
  told: false,
  request: null,
  refused: null,
  verified: false,
}

interface Listed {
  readonly id: string
  readonly version: number
  readonly state: 'active' | 'suspended' | 'withdrawn'
  readonly receivedFrom: string | null
  readonly body: {
    readonly statements: Readonly<Record<string, { readonly property: string; readonly value: string }>>
    readonly relations?: Readonly<Record<string, unknown>>
  }
}

const valuesOf = ({ body }: Listed, property: string) =>
  Object.values(body.statements).flatMap((it) => (it.property === property ? [it.value] : []))

const isNamed = (name: string) => (it: Listed) => valuesOf(it, 'name').includes(name)

export async function readRecordsSeen(ask: AskNode, { office, roles, run: wished }: Looking): Promise<RecordsSeen> {
  if (roles.includes('auditor')) return { ...nothing, office, ...(await readTrail(ask, wished)) }
  const finds = roles.some((it) => it === 'officer' || it === 'supervisor')
  if (!finds && !roles.includes('legal')) return { ...nothing, office, run: known(wished) }
  const [ofFrance, own, hits, requests] = await Promise.all([
    readSubjects(ask, 'fr'),
    office === 'ke' ? readSubjects(ask, 'ke') : [],
    finds ? ask<{ items: (SeenHit & { about: string; caption: string })[] }>('/api/v1/hits?limit=200') : { items: [] },
    ask<{ items: { id: string; about: string; state: string }[] }>('/api/v1/permission-requests'),
  ])
  const suspects = ofFrance.filter(isNamed(suspectName))
  // What was taken back is in no list; the hit about it still is, at its owner with the name, at the finder as withdrawn.
  const past = hits.items.filter((it) => it.caption === suspectName || (office === 'ke' && it.state === 'withdrawn'))
  const run =
    known(wished) ?? (wished === 'new' ? null : newest([...suspects.map((it) => it.id), ...past.map((it) => it.about)]))
  const hit = hits.items.find((it) => it.about === run) ?? null
  const request = requests.items.find((it) => it.about === run) ?? null
  const listed = suspects.find((it) => it.id === run)
  const base: RecordsSeen = {
    ...nothing,
    office,
    run,
    traveller: own.find(isNamed(travellerName))?.id ?? null,
    suspect: listed === undefined ? null : suspectOf(listed),
    hit,
    request,
    refused:
      office === 'fr' ? (ofFrance.find((it) => isNamed(travellerName)(it) && it.id > (run ?? ''))?.id ?? null) : null,
  }
  if (run === null) return base
  return office === 'fr' ? seenByOwner(ask, base) : office === 'ke' ? seenByFinder(ask, base, finds) : base
}

async function readSubjects(ask: AskNode, owner: string): Promise<readonly Listed[]> {
  return (await ask<{ items: Listed[] }>(`/api/v1/subjects?owner=${owner}&limit=200`)).items
}

function suspectOf(it: Listed): NonNullable<RecordsSeen['suspect']> {
  const { state, version, receivedFrom } = it
  const [birthDate = null] = valuesOf(it, 'birthDate')
  return { state, version, birthDate, associates: Object.keys(it.body.relations ?? {}).length, receivedFrom }
}

async function seenByOwner(ask: AskNode, base: RecordsSeen): Promise<RecordsSeen> {
  const ledger = await orNothing(ask<{ holders: Holder[] }>(`/api/v1/records/${base.run}/holders`))
  if (ledger === undefined) return base
  const suspect = base.suspect ?? suspectOf(await ask<Listed>(`/api/v1/records/${base.run}`))
  return { ...base, suspect, holders: ledger.holders, told: base.hit !== null && (await wasTold(ask, base.run)) }
}

async function seenByFinder(ask: AskNode, base: RecordsSeen, finds: boolean): Promise<RecordsSeen> {
  // What was erased here looks like what never was: only what this office itself wrote about it says that it was there.
  const trace = base.hit !== null || base.request !== null
  const gone = { state: 'gone', version: null, birthDate: null, associates: 0, receivedFrom: null } as const
  const told = base.hit !== null && (await wasTold(ask, base.run))
  if (base.suspect === null) return { ...base, suspect: trace ? gone : null, told }
  const [ledger, found] = await Promise.all([
    orNothing(ask<{ holders: Holder[] }>(`/api/v1/records/${base.run}/holders`)),
    finds ? ask<{ items: ShownCandidate[] }>(`/api/v1/candidates?record=${base.run}&limit=200`) : { items: [] },
  ])
  const [one] = found.items.filter((it) => it.theirs.id === base.run && it.ours.id === base.traveller)
  const candidate =
    one === undefined ? null : { id: one.id, state: one.state, reasons: one.features.map((it) => it.explanation) }
  return { ...base, holders: ledger?.holders ?? [], candidate, told }
}

interface ShownCandidate {
  readonly id: string
  readonly state: string
  readonly ours: { readonly id: string }
  readonly theirs: { readonly id: string }
  readonly features: readonly { readonly name: string; readonly explanation: string }[]
}

async function wasTold(ask: AskNode, run: string | null): Promise<boolean> {
  return (await ask<{ items: unknown[] }>(`/api/v1/records?type=feedback&about=${run}&limit=1`)).items.length > 0
}

interface Entry {
  readonly index: number
  readonly details: Readonly<Record<string, unknown>>
}

async function readTrail(ask: AskNode, wished: string | undefined): Promise<Pick<RecordsSeen, 'run' | 'verified'>> {
  const run = known(wished)
  const newestOf = async (query: string, fits: (it: Entry) => boolean = () => true) =>
    (await ask<{ items: Entry[] }>(`/api/v1/audit/entries?${query}`)).items.find(fits)?.index ?? -1
  // Whoever verifies takes the leaves; a list of entries may be exported too.
  const exported = await newestOf('object=audit&act=export&limit=50', (it) => it.details.leaves !== undefined)
  if (run === null || exported === -1) return { run, verified: exported !== -1 }
  const acts = ['collect', 'disclose', 'change', 'erase']
  const last = await Promise.all(acts.map((act) => newestOf(`object=${run}&act=${act}&limit=1`)))
  return { run, verified: exported > Math.max(...last) }
}
