import { addTime } from '#kernel/clock'
import { asPerson } from './api-kit.ts'
import { type Stage, until } from './stage-kit.ts'

/** What an office has on its desk after a morning: something for every page to show. France is looked at; Kenya works with it. */
export interface Furniture {
  readonly subject: string
  readonly suggestion: string
  readonly candidate: string
  readonly hit: string
  readonly message: string
  readonly threat: string
}

interface Listed {
  readonly items?: readonly { readonly theirs: { readonly id: string } }[]
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

export async function furnish(stage: Stage): Promise<Furniture> {
  const [paris, nairobi] = [asPerson(stage, 'fr', 'officer'), asPerson(stage, 'ke', 'officer')]
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
  // Two records of one ship at France, which may be one.
  for (const name of ['MV Exercise Lapwing', 'M/V EXERCISE LAPWING']) {
    const statements = { n1: { property: 'name', value: name }, i1: { property: 'imoNumber', value: '9074729' } }
    await post(paris, '/subjects', { handling: handling('none'), body: { schema: 'Vessel', statements } })
  }
  const alike = await waitFor(paris, '/merge-suggestions', ({ items = [] }: Listed) => items.length > 0)
  return {
    subject: ours.id!,
    candidate,
    hit: hit!,
    message: message.id!,
    threat: threat.id!,
    suggestion: alike.items[0].id,
  }
}
