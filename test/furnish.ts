import { readFileSync } from 'node:fs'
import { installAlerts, setAlerts } from '#capabilities/border/alerts.fixture'
import { paxlst } from '#capabilities/border/messages.fixture'
import { header, redNotice, wholeTest } from '#capabilities/notices/notice.fixture'
import { addTime } from '#kernel/clock'
import type { RecordId } from '#kernel/ids'
import { asPerson } from './api-kit.ts'
import { type Stage, until } from './stage-kit.ts'

/** The address of each page that has a parameter, with something in it to show. */
export type Furniture = Readonly<Record<string, string>>

interface Listed {
  readonly items?: readonly { readonly theirs: { readonly id: string } }[]
  readonly state?: string
  readonly place?: string
  readonly batch?: { readonly state: string }
}

const now = new Date()
const handling = (category: string, change: object = {}) => ({
  audience: { members: [], groups: [], sectors: [] },
  tlp: 'AMBER',
  codes: [{ code: 'H2' }],
  purposes: ['counter-terrorism'],
  onward: 'ask',
  grading: { scheme: 'admiralty', source: 'B', information: '2' },
  category,
  nature: 'assessment',
  basis: { instrument: 'UNSCR 1373 (2001)', provision: 'paragraph 3(b)' },
  reviewAt: addTime(now, 1, 'months'),
  expiresAt: addTime(now, 1, 'years'),
  ...change,
})

const person = (names: readonly string[], birthDate: string) => ({
  schema: 'Person',
  statements: {
    ...Object.fromEntries(names.map((value, at) => [`n${at}`, { property: at === 0 ? 'name' : 'alias', value }])),
    b1: { property: 'birthDate', value: birthDate },
    c1: { property: 'nationality', value: 'ke' },
  },
})

const list = 'un-sc'
const csv = 'name,birthDate,nationality\nYusuf Harun Mansouri,1984-07-03,ke\nIngrid Exempel,1970-01-01,se\n'

/** What an office has on its desk after a morning. France is looked at; Kenya works with it. */
export async function furnish(stage: Stage): Promise<Furniture> {
  const [paris, nairobi] = [asPerson(stage, 'fr', 'officer'), asPerson(stage, 'ke', 'officer')]
  const admin = asPerson(stage, 'fr', 'admin')
  const post = async (as: typeof paris, path: string, body: object): Promise<Record<string, string>> => {
    const { status, json } = await as(`/api/v1${path}`, { body })
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(json)}`)
    return json
  }
  const waitFor = async (as: typeof paris, path: string, holds: (it: Listed) => boolean) => {
    const { json } = await until(
      () => as(`/api/v1${path}`),
      (it) => it.status === 200 && holds(it.json),
      20_000,
    )
    return json
  }
  const names = ['Yusuf Harun al-Mansouri', 'يوسف هارون المنصوري']
  const record = (as: typeof paris) =>
    post(as, '/subjects', { handling: handling('suspect'), body: person(names, '1984-07-03') })

  // Two candidates at France, from two records of Kenya; one of them becomes a hit.
  const ours = await record(paris)
  const [first, second] = [await record(nairobi), await record(nairobi)]
  for (const it of [first, second]) await post(nairobi, `/records/${it!.id}/share`, { with: { members: ['fr'] } })
  const open = ({ items = [] }: Listed) => items.length >= 2
  const { items } = await waitFor(paris, `/candidates?state=open&record=${ours.id}`, open)
  const found = (id: string) => items.find((it: { theirs: { id: string } }) => it.theirs.id === id).id
  const candidate = found(first!.id!)
  const decision = { decision: 'hit', note: 'The same man, by the photograph.', place: 'Lyon' }
  const { hit } = await post(paris, `/candidates/${found(second!.id!)}/decision`, decision)
  await waitFor(nairobi, `/hits/${hit}`, () => true)

  const message = await post(nairobi, '/messages', {
    handling: handling('none'),
    kind: 'request',
    to: ['fr'],
    subject: 'Address in Lyon',
    text: 'Does he still live at the address of the passport?',
    urgency: 'urgent',
    availability: 'directly-accessible',
  })
  await waitFor(paris, `/messages/${message.id}`, () => true)
  const threat = await post(paris, '/threats', {
    handling: handling('none', { purposes: ['counter-terrorism', 'public-safety'] }),
    body: {
      title: 'Attack on a fuel depot',
      what: 'A cell may attack the fuel depot in the port.',
      method: 'Vehicle',
      where: [{ country: 'ke', place: 'Mombasa port', latitude: -4.06, longitude: 39.66, radiusKilometres: 5 }],
      when: { from: addTime(now, 1, 'days'), to: addTime(now, 4, 'days') },
      imminence: 'days',
      basisForAssessment: 'Two sources that do not know each other.',
      validUntil: addTime(now, 2, 'weeks'),
      linked: [],
      advice: 'Close the northern gate at night.',
    },
  })
  // A question of France about a document that Kenya declared, and a declaration of its own.
  const passports = (number: string) => [{ number, kind: 'passport', status: 'stolen' }]
  const travel = (members: string[]) =>
    handling('none', {
      audience: { members, groups: [], sectors: [] },
      purposes: ['border-security', 'counter-terrorism'],
      codes: [],
    })
  await post(paris, '/documents', { handling: travel([]), documents: passports('EX1234567') })
  await post(nairobi, '/documents', { handling: travel(['fr']), documents: passports('EX0000042') })
  const presented = { number: 'EX0000042', issuer: 'KEN', kind: 'passport', where: { place: 'Lyon airport' } }
  const asked = await until(
    () => paris('/api/v1/documents/questions', { body: { ...presented, asked: 'Is it still missing?' } }),
    (it) => it.status === 202,
    20_000,
  )
  // The man whom Kenya looks for is seen at Lyon, and an hour later at Nairobi; and somebody was with him.
  const seen = (about: string | undefined, hour: number, rest: object) => {
    const from = addTime(now, hour - 72, 'hours')
    const body = { about, from, to: addTime(from, 20, 'minutes'), sure: 'probable', source: 'observation', ...rest }
    return { handling: handling('suspect'), body }
  }
  const lyon = {
    place: 'Lyon, railway station (EXERCISE)',
    country: 'fr',
    point: { latitude: 45.76, longitude: 4.859 },
  }
  const companions = { count: 1, description: 'A woman of about forty (EXERCISE).' }
  const nairobiPoint = { latitude: -1.319, longitude: 36.928 }
  const sightings: Record<string, string>[] = []
  for (const it of [
    seen(first!.id, 0, {
      ...lyon,
      companions,
      route: { taken: 'Train towards Turin', next: { place: 'Turin', country: 'it' } },
    }),
    seen(first!.id, 1, { place: 'Italy (EXERCISE)', country: 'it', sure: 'possible', source: 'document-use' }),
    seen(first!.id, 2, {
      place: 'Nairobi airport (EXERCISE)',
      country: 'ke',
      point: nairobiPoint,
      source: 'border-check',
    }),
    seen(first!.id, -800, {
      place: 'Jakarta (EXERCISE)',
      country: 'id',
      point: { latitude: -6.2, longitude: 106.8 },
      radiusKilometres: 30,
    }),
  ])
    sightings.push(await post(paris, '/sightings', it))

  // Two records of one ship at France, which may be one.
  for (const name of ['MV Exercise Lapwing', 'M/V EXERCISE LAPWING']) {
    const statements = { n1: { property: 'name', value: name }, i1: { property: 'imoNumber', value: '9074729' } }
    await post(paris, '/subjects', { handling: handling('none'), body: { schema: 'Vessel', statements } })
  }
  const alike = await waitFor(paris, '/merge-suggestions', ({ items = [] }: Listed) => items.length > 0)

  // A share that a second person has to agree to, and a question to Kenya whether a record may be passed on.
  const witness = await post(paris, '/subjects', {
    handling: handling('witness'),
    body: person(['Amina Exercise'], '1991-02-03'),
  })
  const share = await post(paris, `/records/${witness.id}/share`, { with: { members: ['ke'] }, reason: 'She saw him.' })
  const question = await post(paris, `/records/${first!.id}/permission-requests`, {
    permits: 'use-in-proceedings',
    purposes: ['counter-terrorism'],
    reason: 'The court asks for it.',
  })

  const upload = { method: 'PUT', headers: { 'content-type': 'application/octet-stream' } }
  const file = readFileSync(new URL('../src/formats/samples/un-exercise.xml', import.meta.url))
  await paris(`/api/v1/lists/${list}/parts/xml`, { ...upload, raw: file })
  const imported = await post(paris, `/lists/${list}/imports`, {})
  await waitFor(paris, `/lists/${list}/imports/${imported.id}`, ({ state }: Listed) => state === 'done')
  const entries = await waitFor(paris, `/lists/${list}/entries`, ({ items = [] }: Listed) => items.length > 0)
  const batch = (await paris('/api/v1/batches?name=travellers.csv', { ...upload, method: 'POST', raw: csv })).json.batch
  await post(paris, `/batches/${batch.id}/begin`, {
    columns: { name: 'name', birthDate: 'birthDate', nationality: 'country' },
  })
  await waitFor(paris, `/batches/${batch.id}`, (it: Listed) => it.batch?.state === 'done')
  const proposal = await post(admin, '/directory/proposals', {
    edits: [{ kind: 'suspend', member: 'ke', suspended: true }],
    reason: 'Its node answers no more.',
  })
  // An alert of Kenya that two travellers at France may be the subject of: one by document and birth date, one by more than a name.
  installAlerts()
  const purposes = ['counter-terrorism', 'border-security']
  const wanted = await post(nairobi, '/subjects', {
    handling: handling('wanted', { purposes }),
    body: person(['Idris EXERCISE Okello'], '1984-07-03'),
  })
  await post(nairobi, `/records/${wanted.id}/share`, { with: { members: ['fr'] } })
  await waitFor(paris, `/records/${wanted.id}`, () => true)
  const traveller = { name: 'OKELLO:IDRIS', birth: '840703', number: 'AK0123456', reference: 'P1' }
  const met = { alert: { id: wanted.id as RecordId, owner: 'ke' }, surname: 'okello', birthDate: '1984-07-03' }
  setAlerts('fr', [{ ...met, number: 'AK0123456' }])
  const passengers = Buffer.from(paxlst([traveller, { ...traveller, number: 'ZZ1' }, { name: 'EXEMPEL:INGRID' }]))
  const handIn = { ...upload, method: 'POST', raw: passengers }
  const { json: passengerList } = await paris('/api/v1/border/messages?desk=fr-cdg-2e', handIn)
  const both = ({ items = [] }: Listed) => items.length >= 2
  const atBorder = (await waitFor(paris, '/border/candidates', both)).items
  const inState = (state: string) => atBorder.find((it: { state: string }) => it.state === state)
  const notices = await furnishNotices(stage, { post, waitFor })
  return {
    ...notices,
    '/border/candidates/$id': `/border/candidates/${inState('open').id}`,
    '/border/hits/$id': `/border/hits/${inState('reported').hit}`,
    '/border/messages/$id': `/border/messages/${passengerList.id}`,
    '/subjects/$id': `/subjects/${ours.id}`,
    '/subjects/$id/edit': `/subjects/${ours.id}/edit`,
    '/subjects/alike/$id': `/subjects/alike/${alike.items[0].id}`,
    '/records/$id': `/records/${ours.id}`,
    '/consultations/$id': `/consultations/${ours.id}`,
    '/candidates/$id': `/candidates/${candidate}`,
    '/hits/$id': `/hits/${hit}`,
    '/messages/$id': `/messages/${message.id}`,
    '/threats/$id': `/threats/${threat.id}`,
    '/threats/$id/edit': `/threats/${threat.id}/edit`,
    '/documents/questions/$id': `/documents/questions/${asked.json.id}`,
    '/movements/$id': `/movements/${first!.id}`,
    '/sightings/$id/edit': `/sightings/${sightings.at(-1)!.id}/edit`,
    '/approvals/$id': `/approvals/${share.approval}`,
    '/permissions/$id': `/permissions/${question.id}`,
    '/lists/$list': `/lists/${list}`,
    '/lists/$list/imports/$import': `/lists/${list}/imports/${imported.id}`,
    '/lists/$list/entries/$id': `/lists/${list}/entries/${entries.items[0].id}`,
    '/screen/$id': `/screen/${batch.id}`,
    '/members/$id': '/members/ke',
    '/directory/proposals/$hash': `/directory/proposals/${proposal.hash}`,
  }
}

type As = ReturnType<typeof asPerson>

interface Doing {
  readonly post: (as: As, path: string, body: object) => Promise<Record<string, string>>
  readonly waitFor: (as: As, path: string, holds: (it: Listed) => boolean) => Promise<unknown>
}

/** A diffusion of France, drafted; one before its reviewers; and one of Kenya that waits for the gate of France. */
async function furnishNotices(stage: Stage, { post, waitFor }: Doing): Promise<Furniture> {
  const at = (member: string, username: string) => asPerson(stage, member, username)
  const draft = (member: string, to: string) =>
    post(at(member, 'officer'), '/notices', {
      handling: header(now),
      body: redNotice({ channel: 'diffusion', to: { members: [to], groups: [], sectors: [] } }),
    })
  const [mine, reviewed, theirs] = [await draft('fr', 'ke'), await draft('fr', 'ke'), await draft('ke', 'fr')]
  await post(at('fr', 'officer'), `/notices/${reviewed.id}/submit`, {})
  await post(at('fr', 'supervisor'), `/notices/${reviewed.id}/review/take`, {})
  await post(at('ke', 'officer'), `/notices/${theirs.id}/submit`, {})
  await post(at('ke', 'legal'), `/notices/${theirs.id}/review/take`, {})
  const proposal = { outcome: 'published', note: 'The conditions are met.', findings: wholeTest }
  await post(at('ke', 'legal'), `/notices/${theirs.id}/review/propose`, proposal)
  await post(at('ke', 'supervisor'), `/notices/${theirs.id}/review/confirm`, {})
  await waitFor(at('fr', 'legal'), `/notices/${theirs.id}`, ({ place }: Listed) => place === 'published')
  return {
    '/notices/$id': `/notices/${mine.id}`,
    '/notices/$id/edit': `/notices/${mine.id}/edit`,
    '/notices/$id/review': `/notices/${reviewed.id}/review`,
    '/notices/$id/gate': `/notices/${theirs.id}/gate`,
  }
}
