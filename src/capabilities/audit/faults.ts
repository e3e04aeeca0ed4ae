import { defineFaults } from '#kernel/fault'

export const fault = defineFaults({
  'audit/rewritten': 'conflict',
  'audit/out-of-range': 'invalid',
  'audit/bad-answer': 'unavailable',
  'witness/foreign-log': 'forbidden',
  'witness/unsigned': 'forbidden',
  'witness/split-view': 'conflict',
  'witness/bad-cosignature': 'forbidden',
})
