/** What the address of the messages page says: which box, and which of its messages. */
export interface Box {
  readonly box: 'in' | 'out' | 'drafts'
  readonly state: '' | 'open' | 'answered' | 'closed'
  readonly q: string
  readonly member: string
  /** Days of the person's own calendar, the last one included. */
  readonly from: string
  readonly until: string
}

export const boxes = ['in', 'out', 'drafts'] as const
export const states = ['', 'open', 'answered', 'closed'] as const
const day = /^\d{4}-\d{2}-\d{2}$/

/** What is not known there is left out, so that an old link still opens. */
export function boxOf(search: Readonly<Record<string, unknown>>): Box {
  const text = (name: string) => {
    const value = search[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  const dayOf = (name: string) => (day.test(text(name)) ? text(name) : '')
  return {
    box: boxes.find((it) => it === search.box) ?? 'in',
    state: states.find((it) => it === search.state) ?? '',
    q: text('q').trim().slice(0, 200),
    member: text('member'),
    from: dayOf('from'),
    until: dayOf('until'),
  }
}

/** As the address holds it: only what is chosen. */
export function searchOf(box: Box): Record<string, string> {
  return Object.fromEntries(
    Object.entries(box).filter(([name, value]) => value !== '' && (name !== 'box' || value !== 'in')),
  )
}

/** What the API is asked: a search when there are words, else the list. */
export function pathOf({ box, state, q, member, from, until }: Box, after: string | null): string {
  const query = new URLSearchParams({ box, limit: '50' })
  const put = (name: string, value: string) => value !== '' && query.set(name, value)
  put('state', state)
  put('member', member)
  put('from', from === '' ? '' : startOfDay(from, 0))
  put('until', until === '' ? '' : startOfDay(until, 1))
  put('q', q)
  put('after', after ?? '')
  return `/api/v1/messages${q === '' ? '' : '/search'}?${query}`
}

function startOfDay(text: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number)
  return new Date(year, month - 1, date + daysLater).toISOString()
}
