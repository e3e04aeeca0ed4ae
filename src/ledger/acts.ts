/** What is done at a node, as its ledger names it. Free of everything else, so that the console reads the same list. */
export const acts = [
  'collect',
  'view',
  'search',
  'match',
  'change',
  'disclose',
  'combine',
  'erase',
  'import',
  'export',
  'sign-in',
  'sign-out',
  'administer',
  'receive',
  'refuse',
  'quarantine',
  'adjudicate',
  'grant',
] as const
export type Act = (typeof acts)[number]

export const outcomes = ['permitted', 'refused', 'failed'] as const
export type Outcome = (typeof outcomes)[number]
