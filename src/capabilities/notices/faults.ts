import { defineFaults } from '#kernel/fault'

export const fault = defineFaults({
  'notices/incomplete': 'invalid',
  'notices/no-reviewer': 'conflict',
  'notices/nobody-to-send-to': 'invalid',
  'notices/not-now': 'conflict',
  'notices/not-yours': 'forbidden',
  'notices/not-reviewer': 'forbidden',
  'notices/stale': 'conflict',
  'notices/same-person': 'forbidden',
  'notices/nothing-proposed': 'conflict',
  'notices/findings-missing': 'invalid',
  'notices/reason-missing': 'invalid',
  'notices/category': 'invalid',
  'notices/lifetime': 'invalid',
  'notices/unknown': 'missing',
  'notices/bad-law': 'invalid',
  'notices/other-version': 'conflict',
  'notices/no-public-extract': 'forbidden',
})
