import { addTime } from '#kernel/clock'
import type { Handling } from '#protocol/handling'
import defaults from './handling-defaults.json' with { type: 'json' }

/** The header of what two offices say to each other about one document: for those two alone. */
export function headerFor(member: string, now: Date): Handling {
  const { instrument, provision, reviewDays, expiryDays } = defaults.question
  return {
    audience: { members: [member], groups: [], sectors: [] },
    tlp: 'AMBER',
    codes: [{ code: 'H2' }],
    purposes: ['border-security', 'counter-terrorism'],
    onward: 'no',
    grading: { scheme: 'admiralty', source: 'A', information: '2' },
    category: 'none',
    nature: 'fact',
    basis: { instrument, provision },
    reviewAt: addTime(now, reviewDays, 'days'),
    expiresAt: addTime(now, expiryDays, 'days'),
  }
}
