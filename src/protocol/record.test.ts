import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { CompactSign } from 'jose'
import { describe, expect, it } from 'vitest'
import { utf8 } from '#kernel/bytes'
import { canonical, hashOf, type Json } from '#kernel/canonical'
import { isFault } from '#kernel/fault'
import { newId } from '#kernel/ids'
import type { Directory } from '#protocol/directory'
import {
  type Handling,
  type HandlingCode,
  type Mark,
  memberKinds,
  onwardRules,
  purposes,
  tlpLabels,
} from '#protocol/handling'
import { openOwnKey } from '#protocol/keys'
import { enclosing, escapeKey } from '#protocol/pointer'
import {
  type Disclosure,
  isAudience,
  openRecord,
  type RecordDraft,
  recordHash,
  type SignedRecord,
  signRecord,
  verifyRecord,
  withhold,
} from '#protocol/record'
import type { Verified } from '#protocol/verified'

const federation = JSON.parse(
  readFileSync(new URL('../../test/vectors/protocol-federation.json', import.meta.url), 'utf8'),
)
const directory: Directory = federation.directory.document
const now = new Date(federation.now)
const key = await openOwnKey(federation.privateKeys.fr.sign)

type Body = Record<string, Json>

const instant = fc
  .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2026-12-31T23:59:59Z'), noInvalidDate: true })
  .map((it) => it.toISOString())
const audience = fc.record({
  members: fc.subarray(['fr', 'ke', 'mu', 'bank-horizon']),
  groups: fc.subarray(['east', 'finance']),
  sectors: fc.subarray([...memberKinds]),
})
const restriction = fc.string({ minLength: 3, maxLength: 30 }).map((it) => `No ${it.trim()} either`)
const code: fc.Arbitrary<HandlingCode> = fc.oneof(
  fc.constantFrom<HandlingCode[]>({ code: 'H0' }, { code: 'H1' }, { code: 'H2' }),
  restriction.map((text) => ({ code: 'H3' as const, text })),
)
const narrowing = {
  audience,
  tlp: fc.constantFrom(...tlpLabels),
  codes: fc.array(code, { maxLength: 4 }),
  purposes: fc.subarray([...purposes], { minLength: 1 }),
  onward: fc.constantFrom(...onwardRules),
  expiresAt: instant,
}
const mark: fc.Arbitrary<Mark> = fc.record(narrowing, { requiredKeys: [] })
const handling: fc.Arbitrary<Handling> = fc.record({
  ...narrowing,
  grading: fc.constant({ scheme: 'europol-4x4', source: 'B', information: '2' } as const),
  category: fc.constantFrom('suspect', 'witness', 'none'),
  nature: fc.constantFrom('fact', 'assessment'),
  basis: fc.constant({ instrument: 'UNSCR 2396 (2017)', provision: 'paragraph 5' }),
  reviewAt: instant,
})

const name = fc.string({
  unit: fc.constantFrom('a', 'b', '~', '/', '0', 'é', '😀', '\n', '"', ' '),
  minLength: 1,
  maxLength: 4,
})
const leaf = fc
  .jsonValue({ maxDepth: 1, stringUnit: 'binary' })
  .filter((it) => !JSON.stringify(it).includes('__proto__')) as fc.Arbitrary<Json>
const { body } = fc.letrec<{ body: Body; node: Json }>((tie) => ({
  body: fc.dictionary(name, tie('node'), { maxKeys: 5, noNullPrototype: true }),
  node: fc.oneof({ maxDepth: 3 }, leaf, tie('body')),
}))

/** Every value that has a name, at any depth: what a mark can point at. */
function pointersIn(at: Json, pointer = '/body'): string[] {
  if (typeof at !== 'object' || at === null || Array.isArray(at)) return []
  return Object.entries(at).flatMap(([part, inner]) => {
    const here = `${pointer}/${escapeKey(part)}`
    return part === '' ? [] : [here, ...pointersIn(inner, here)]
  })
}

const draft: fc.Arbitrary<RecordDraft> = body.chain((it) =>
  fc.record({
    id: fc.constant(newId('rec', 1)),
    type: fc.constantFrom('notice', 'subject', 'travel-alert'),
    schema: fc.integer({ min: 1, max: 1_000 }),
    version: fc.integer({ min: 1, max: 1_000_000 }),
    owner: fc.constant('fr'),
    issuedAt: fc.constant('2026-05-01T00:00:00.000Z'),
    previous: fc.constantFrom(null, 'a1'.repeat(32)),
    handling,
    body: fc.constant(it),
    marks: fc
      .subarray(pointersIn(it))
      .chain((pointers) => fc.tuple(...pointers.map((pointer) => fc.tuple(fc.constant(pointer), mark))))
      .map((entries) => Object.fromEntries(entries)),
  }),
)

const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value))
const verify = (input: unknown) => verifyRecord(input, { directory, now })
async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work()
    return 'accepted'
  } catch (thrown) {
    if (isFault(thrown)) return thrown.code
    throw thrown
  }
}

/** What an owner who does not keep to the protocol can sign. */
async function signedByHostileOwner(
  base: SignedRecord,
  disclosures: readonly Omit<Disclosure, 'salt'>[],
  extra: { body?: Body } = {},
): Promise<SignedRecord> {
  const salted = disclosures.map((it) => ({ salt: 'A'.repeat(22), ...it }))
  const digests = salted.map((it) => hashOf([it.salt, it.pointer, it.value, it.mark ?? null]))
  const text = { ...base.text, ...extra, digests }
  const jws = await new CompactSign(utf8(canonical(text)))
    .setProtectedHeader({ alg: 'Ed25519', kid: key.kid, typ: 'comity-record+jws' })
    .sign(key.privateKey)
  return { text, signature: jws.replace(/\.[^.]*\./, '..'), disclosures: salted }
}

const example: RecordDraft = {
  id: newId('rec', 1),
  type: 'notice',
  schema: 1,
  version: 1,
  owner: 'fr',
  issuedAt: '2026-05-01T00:00:00.000Z',
  previous: null,
  handling: fc.sample(handling, { numRuns: 1, seed: 1 })[0]!,
  body: { a: { b: { c: 'inner' } }, list: [1], open: 'yes' },
  marks: {},
}

describe('signRecord, verifyRecord and openRecord', () => {
  it('bring back any draft with any marks, marks inside marked fields too', async () => {
    await fc.assert(
      fc.asyncProperty(draft, async (it) => {
        const opened = openRecord(await verify(sent(await signRecord(it, key))))
        expect(sent(opened)).toEqual(sent(it))
      }),
    )
  })

  it('keep marked values and the audience out of the signed text', async () => {
    await fc.assert(
      fc.asyncProperty(draft, async (it) => {
        const { text, disclosures } = await signRecord(it, key)
        const left = pointersIn(text.body)
        for (const pointer of Object.keys(it.marks)) expect(left).not.toContain(pointer)
        expect(text.handling).not.toHaveProperty('audience')
        expect(disclosures).toHaveLength(Object.keys(it.marks).length + 1)
      }),
    )
  })

  it('do not depend on the order of members, as when JSON went through another program', async () => {
    const turn = (value: Json): Json =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([part, inner]) => [part, turn(inner)]),
          )
    await fc.assert(
      fc.asyncProperty(draft, async (it) => {
        const record = await signRecord(it, key)
        const other = turn(sent(record) as unknown as Json)
        expect(recordHash(await verify(other))).toBe(recordHash(record))
      }),
    )
  })
})

describe('signRecord', () => {
  it('has digests in multiples of eight, sorted, so that their number does not tell whether anything is marked', async () => {
    for (let count = 0; count <= 16; count++) {
      const names = Array.from({ length: count }, (_, index) => `field${index}`)
      const { text } = await signRecord(
        {
          ...example,
          body: Object.fromEntries(names.map((it) => [it, it])),
          marks: Object.fromEntries(names.map((it) => [`/body/${it}`, { tlp: 'RED' as const }])),
        },
        key,
      )
      expect(text.digests).toHaveLength(count <= 7 ? 8 : count <= 15 ? 16 : 24)
      expect(text.digests).toEqual([...text.digests].sort())
      expect(new Set(text.digests).size).toBe(text.digests.length)
    }
  })

  it('salts: the same value, signed twice, has no digest in common', async () => {
    const marked = { ...example, marks: { '/body/open': { tlp: 'RED' as const } } }
    const [first, second] = [await signRecord(marked, key), await signRecord(marked, key)]
    expect(first.text.digests.filter((it) => second.text.digests.includes(it))).toEqual([])
    expect(recordHash(first)).not.toBe(recordHash(second))
  })

  it('trims what the schema trims before it signs, so that others can verify it', async () => {
    const basis = { instrument: ' UNSCR 1373 ', provision: '2(b)\n' }
    const record = await verify(sent(await signRecord({ ...example, handling: { ...example.handling, basis } }, key)))
    expect(record.text.handling.basis).toEqual({ instrument: 'UNSCR 1373', provision: '2(b)' })
  })

  it.each([
    ['a mark that points at nothing', { marks: { '/body/none': {} } }],
    ['a mark on an element of a list', { marks: { '/body/list/0': {} } }],
    ['a mark on the whole body', { marks: { '/body': {} } }],
    ['a mark on the audience', { marks: { '/handling/audience': {} } }],
    ['a mark with an escape that RFC 6901 does not know', { body: { '~2': 1 }, marks: { '/body/~2': {} } }],
    ['no legal basis', { handling: { ...example.handling, basis: undefined } }],
    ['an empty legal basis', { handling: { ...example.handling, basis: { instrument: '  ', provision: '1' } } }],
    ['no purpose', { handling: { ...example.handling, purposes: [] } }],
    ['an instant without milliseconds', { issuedAt: '2026-05-01T00:00:00Z' }],
    ['an id of another kind', { id: newId('env') }],
  ])('refuses %s', async (_, change) => {
    expect(await codeOf(() => signRecord({ ...example, ...change } as RecordDraft, key))).toBe('record/malformed')
  })

  it('refuses what is not JSON in a body, and leaves undefined members out', async () => {
    const dated = { ...example, body: { at: new Date(0) } as unknown as Body }
    expect(await codeOf(() => signRecord(dated, key))).toBe('canonical/not-json')
    const loose = { ...example, body: { a: undefined, b: 1 } as unknown as Body }
    expect((await signRecord(loose, key)).text.body).toEqual({ b: 1 })
  })
})

describe('verifyRecord', () => {
  it('refuses a text in which any character was changed', async () => {
    const printable = fc.integer({ min: 0x20, max: 0x7e }).map((it) => String.fromCharCode(it))
    await fc.assert(
      fc.asyncProperty(draft, fc.nat(), printable, async (it, place, character) => {
        const record = await signRecord(it, key)
        const text = canonical(record.text)
        const at = place % text.length
        const changed = text.slice(0, at) + character + text.slice(at + 1)
        const parsed = parsedOrNothing(changed)
        fc.pre(parsed !== undefined && formOf(parsed) !== text)
        const code = await codeOf(() => verify({ ...record, text: parsed }))
        // An owner or a date that was changed is looked up first, with its own reason.
        expect(code).toMatch(
          /^(record\/(bad-signature|malformed)|member\/unknown|key\/(unknown|expired|not-yet-valid)|canonical\/not-json)$/,
        )
        const { owner, issuedAt } = parsed as { owner?: string; issuedAt?: string }
        if (owner === it.owner && issuedAt === it.issuedAt && code !== 'canonical/not-json')
          expect(code).toMatch(/^record\/(bad-signature|malformed)$/)
      }),
      { numRuns: 300 },
    )
  })

  it('refuses a signature in which any character was changed, added or left out', async () => {
    const record = await signRecord(example, key)
    const { signature } = record
    const last = signature.lastIndexOf('.')
    const character = fc.constantFrom(...'ABQgwz019-_.=+/ \n')
    const kind = fc.constantFrom('change', 'add', 'leave out')
    await fc.assert(
      fc.asyncProperty(fc.nat(signature.length), character, kind, async (at, by, what) => {
        const changed =
          signature.slice(0, at) + (what === 'leave out' ? '' : by) + signature.slice(what === 'add' ? at : at + 1)
        fc.pre(changed !== signature)
        const code = await codeOf(() => verify({ ...record, signature: changed }))
        if (at > last && by !== '.') expect(code).toBe('record/bad-signature')
        else expect(code).toMatch(/^(record\/(unsigned|bad-signature)|key\/unknown)$/)
      }),
      { numRuns: 500 },
    )
  })

  it('refuses a disclosure in which anything was changed', async () => {
    const change: fc.Arbitrary<(it: Disclosure) => Disclosure> = fc.oneof(
      leaf.map((value) => (it: Disclosure) => ({ ...it, value })),
      mark.map((by) => (it: Disclosure) => ({ ...it, mark: by })),
      fc.constant(({ mark: _, ...it }: Disclosure) => it),
      name.map((part) => (it: Disclosure) => ({ ...it, pointer: `/body/${escapeKey(part)}` })),
      fc.constant((it: Disclosure) => ({ ...it, pointer: '/handling/audience' })),
      fc.nat(21).map((at) => (it: Disclosure) => ({
        ...it,
        salt: it.salt.slice(0, at) + (it.salt[at] === 'A' ? 'B' : 'A') + it.salt.slice(at + 1),
      })),
    )
    await fc.assert(
      fc.asyncProperty(draft, fc.nat(), change, async (it, which, by) => {
        const record = sent(await signRecord(it, key)) as SignedRecord
        const index = which % record.disclosures.length
        const disclosures = record.disclosures.with(index, by(record.disclosures[index]!))
        fc.pre(canonical(disclosures) !== canonical(record.disclosures))
        expect(await codeOf(() => verify({ ...record, disclosures }))).toBe('record/bad-disclosure')
      }),
    )
  })

  it('refuses a disclosure of another record, of another version too, and one that comes twice', async () => {
    const marked = { ...example, marks: { '/body/open': { tlp: 'RED' as const } } }
    const record = await signRecord(marked, key)
    const next = await signRecord({ ...marked, version: 2, previous: recordHash(record) }, key)
    const refused = 'record/bad-disclosure'
    expect(await codeOf(() => verify({ ...record, disclosures: next.disclosures }))).toBe(refused)
    const twice = [...record.disclosures, record.disclosures[1]]
    expect(await codeOf(() => verify({ ...record, disclosures: twice }))).toBe(refused)
  })

  it('refuses what cannot be opened, though its owner signed it', async () => {
    const base = await signRecord(example, key)
    const audienceValue = { members: [], groups: [], sectors: [] }
    const cases: Omit<Disclosure, 'salt'>[][] = [
      [{ pointer: '/handling/audience', value: 42 }],
      [{ pointer: '/handling/audience', value: { members: ['NOT A MEMBER'] } }],
      [
        { pointer: '/handling/audience', value: audienceValue },
        { pointer: '/handling/audience', value: { ...audienceValue, members: ['ke'] } },
      ],
      [{ pointer: '/body/open', value: 'another' }],
      [{ pointer: '/body/list/1', value: 2 }],
      [{ pointer: '/body/open/length', value: 2 }],
      [{ pointer: '/body/missing/inner', value: 2 }],
      [{ pointer: '/body/__proto__', value: { polluted: true } }],
      [{ pointer: '/body/__proto__/polluted', value: true }],
      [{ pointer: '/body/constructor/prototype', value: { polluted: true } }],
    ]
    for (const disclosures of cases) {
      const record = await signedByHostileOwner(base, disclosures)
      expect(await codeOf(() => verify(record))).toBe('record/bad-disclosure')
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('takes a record of fifty thousand fields and four thousand disclosures in good time', async () => {
    const base = await signRecord(example, key)
    const fields = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`f${index}`, index]))
    const disclosures = Array.from({ length: 4_000 }, (_, index) => ({ pointer: `/body/m${index}`, value: index }))
    const record = await signedByHostileOwner(base, disclosures, { body: fields })
    const before = process.threadCpuUsage()
    const verified = await verify(record)
    withhold(verified, (it) => it.pointer.endsWith('1'))
    const { user, system } = process.threadCpuUsage(before)
    expect(user + system).toBeLessThan(5_000_000)
  })

  it('answers any input with a verdict or a fault, never with a bug', async () => {
    const record = sent(await signRecord({ ...example, marks: { '/body/a': {} } }, key)) as unknown as Body
    const pointers = pointersIn(record, '').concat('/disclosures/0', '/text/digests/0')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pointers), fc.jsonValue(), async (pointer, value) => {
        const input = structuredClone(record)
        const path = pointer.slice(1).split('/')
        const last = path.pop()!
        const holder = path.reduce<Json>((at, part) => (at as Body)[part]!, input) as Body
        fc.pre(canonicalOrNothing(holder[last]) !== canonicalOrNothing(value))
        fc.pre(pointer !== '/disclosures' || canonicalOrNothing(value) !== '[]') // all withheld is a valid record
        holder[last] = value as Json
        expect(await codeOf(() => verify(input))).not.toBe('accepted')
      }),
      { numRuns: 500 },
    )
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => (await codeOf(() => verify(value))) === 'record/malformed'),
    )
  })
})

describe('withhold', () => {
  it('leaves no trace of pointer, value or mark of what it withholds', async () => {
    const secret = 'c0ffee-secret'
    const path = fc.array(fc.constantFrom('p', 'q'), { maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(path, { selector: String, minLength: 1, maxLength: 9 }), async (paths) => {
        const fields: Body = { open: 'yes' }
        const marks: Record<string, Mark> = {}
        for (const [index, it] of paths.entries()) {
          let at = fields
          for (const part of it) {
            at[part] ??= {}
            at = at[part] as Body
          }
          at[`${secret}-${index}`] = { note: `${secret} value` }
          const only = { members: [`${secret}-m`], groups: [], sectors: [] }
          marks[`${['/body', ...it].join('/')}/${secret}-${index}`] = { audience: only }
        }
        const record = await verify(sent(await signRecord({ ...example, body: fields, marks }, key)))
        expect(JSON.stringify(record)).toContain(secret)
        const bare = withhold(record, isAudience)
        expect(JSON.stringify(bare)).not.toContain(secret)
        expect(JSON.stringify(bare)).not.toContain(Buffer.from(secret).toString('base64url').slice(1, -1))
        expect(openRecord(await verify(sent(bare))).marks).toEqual({})
        expect(record.disclosures).toHaveLength(paths.length + 1)
      }),
    )
  })

  it('keeps the signature valid and the record readable, whatever is withheld', async () => {
    await fc.assert(
      fc.asyncProperty(draft, fc.infiniteStream(fc.boolean()), async (it, coins) => {
        const record = await signRecord(it, key)
        const coin = new Map(record.disclosures.map((each) => [each.pointer, coins.next().value === true]))
        const part = withhold(record, (each) => coin.get(each.pointer) === true)
        const opened = openRecord(await verify(sent(part)))
        const kept = Object.keys(it.marks).filter((pointer) =>
          [pointer, ...enclosing(pointer)].every((each) => coin.get(each) ?? true),
        )
        expect(Object.keys(opened.marks).sort()).toEqual(kept.sort())
        expect(opened.handling.audience !== undefined).toBe(coin.get('/handling/audience'))
        expect(recordHash(part)).toBe(recordHash(record))
        const left = pointersIn(opened.body as Body)
        for (const pointer of Object.keys(it.marks)) expect(left.includes(pointer)).toBe(kept.includes(pointer))
      }),
    )
  })

  it('withholds a field with the one that encloses it, though its own mark lets it go', async () => {
    const everybody = { members: ['ke'], groups: [], sectors: [] }
    const nobody = { members: [], groups: [], sectors: [] }
    const marks = { '/body/a': { audience: nobody }, '/body/a/b/c': { audience: everybody } }
    const record = await signRecord({ ...example, marks }, key)
    const part = withhold(record, (it) => it.mark?.audience?.members.includes('ke') === true)
    expect(part.disclosures).toEqual([])
    expect(JSON.stringify(part)).not.toContain('inner')
  })

  it('does the same in two steps as in one', async () => {
    await fc.assert(
      fc.asyncProperty(draft, fc.nat(), fc.nat(), async (it, a, b) => {
        const record: Verified<SignedRecord> = await signRecord(it, key)
        const by = (seed: number) => (each: Disclosure) => (each.pointer.length * 7 + seed) % 3 !== 0
        const steps = withhold(withhold(record, by(a)), by(b))
        expect(steps).toEqual(withhold(record, (each) => by(a)(each) && by(b)(each)))
      }),
    )
  })
})

function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function formOf(value: unknown): string {
  try {
    return canonical(value)
  } catch {
    return 'none'
  }
}

function canonicalOrNothing(value: unknown): string | undefined {
  return value === undefined ? undefined : formOf(value)
}
