import { defineFaults } from '#kernel/fault'

export const fault = defineFaults({
  'store/conflict': 'conflict',
  'store/out-of-turn': 'conflict',
  'store/exists': 'conflict',
  'store/unstorable': 'invalid',
  'store/unavailable': 'unavailable',
  'store/migration-changed': 'conflict',
  'record/unknown': 'missing',
  'record/erased': 'gone',
})
