/**
 * Who may move a notice where (law.md 1.3; RPD 73 to 81 and 97 to 101). A pure table: every node keeps its own place in it, as
 * the signed records that it has seen allow, and nothing but a move of this table changes a place.
 */

export const places = [
  'draft',
  'submitted',
  'in-review',
  'information-asked',
  'refused',
  'published',
  'suspended',
  'withdrawn',
  'cancelled',
  'expired',
  'executed',
] as const
export type Place = (typeof places)[number]

/** The issuer, the body that reviews (the secretariat; for a diffusion the issuer's own second pair of eyes), a clock. */
export type Mover = 'issuer' | 'reviewer' | 'clock'

export const moves = {
  submit: { by: 'issuer', from: ['draft', 'refused'], to: 'submitted' },
  amend: { by: 'issuer', from: ['draft', 'refused'], to: 'draft' },
  take: { by: 'reviewer', from: ['submitted'], to: 'in-review' },
  ask: { by: 'reviewer', from: ['submitted', 'in-review'], to: 'information-asked' },
  answer: { by: 'issuer', from: ['information-asked'], to: 'in-review' },
  refuse: { by: 'reviewer', from: ['submitted', 'in-review', 'information-asked'], to: 'refused' },
  publish: { by: 'reviewer', from: ['in-review'], to: 'published' },
  update: { by: 'issuer', from: ['published', 'suspended'], to: 'draft' },
  suspend: { by: 'reviewer', from: ['published'], to: 'suspended' },
  lift: { by: 'reviewer', from: ['suspended'], to: 'published' },
  cancel: {
    by: 'reviewer',
    from: ['draft', 'submitted', 'in-review', 'information-asked', 'refused', 'published', 'suspended'],
    to: 'cancelled',
  },
  withdraw: {
    by: 'issuer',
    from: ['draft', 'submitted', 'in-review', 'information-asked', 'refused', 'published', 'suspended'],
    to: 'withdrawn',
  },
  execute: { by: 'issuer', from: ['published', 'suspended'], to: 'executed' },
  expire: { by: 'clock', from: ['published', 'suspended'], to: 'expired' },
} as const satisfies Record<string, { by: Mover; from: readonly Place[]; to: Place }>

export type Move = keyof typeof moves

export const mayMove = (place: Place, move: Move, by: Mover): boolean =>
  moves[move].by === by && (moves[move].from as readonly Place[]).includes(place)

/** Where the move leads, or undefined when nobody, or not this one, may make it from here. */
export function movedTo(place: Place, move: Move, by: Mover): Place | undefined {
  return mayMove(place, move, by) ? moves[move].to : undefined
}

/** Only there does anybody act on it. */
export const isInForce = (place: Place): boolean => place === 'published'

/** Nothing follows. */
export const isOver = (place: Place): boolean => Object.values(moves).every((it) => !it.from.includes(place as never))

/** The move that a signed decision of the reviewer makes. */
export const moveOfOutcome = {
  published: 'publish',
  refused: 'refuse',
  'information-asked': 'ask',
  suspended: 'suspend',
  lifted: 'lift',
  cancelled: 'cancel',
} as const satisfies Record<string, Move>
