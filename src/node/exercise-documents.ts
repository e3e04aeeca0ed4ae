import { addTime } from '#kernel/clock'
import type { Handling } from '#protocol/handling'

/** Travel documents that the states of the exercise declared before it begins. EXERCISE: every number is invented. */

const states = ['fr', 'ke', 'id']

function header(now: Date): Handling {
  return {
    audience: { members: states, groups: [], sectors: [] },
    tlp: 'GREEN',
    codes: [],
    purposes: ['border-security', 'counter-terrorism'],
    onward: 'no',
    grading: { scheme: 'admiralty', source: 'A', information: '1' },
    category: 'none',
    nature: 'fact',
    basis: { instrument: 'UNSCR 2396 (2017)', provision: 'paragraph 8' },
    reviewAt: addTime(now, 5, 'years'),
    expiresAt: addTime(now, 10, 'years'),
  }
}

/** By member, the part of the seed file of the capability that has the documents. */
export function exerciseDocuments(now: Date): Record<string, { readonly documents: unknown }> {
  const day = (ago: number) => addTime(now, -ago, 'days').slice(0, 10)
  const said = (kind: string, status: string, ago: number, numbers: string) => ({
    kind,
    status,
    declaredAt: day(ago),
    numbers,
  })
  return Object.fromEntries(
    states.map((issuer) => {
      const mark = `EX${issuer.toUpperCase()}`
      const body = {
        issuer,
        groups: [
          said('passport', 'stolen', 40, `${mark}00001 ${mark}00002 ${mark}00003`),
          said('passport', 'lost', 200, `${mark}00010 ${mark}00011`),
          said('passport', 'revoked', 12, `${mark}00020`),
          said('identity-card', 'lost', 90, `${mark}70001`),
        ],
        ranges: [
          { kind: 'passport', status: 'blank-stolen', declaredAt: day(5), from: `${mark}90000`, to: `${mark}90099` },
        ],
      }
      return [issuer, { documents: { declarations: [{ handling: header(now), body }] } }]
    }),
  )
}
