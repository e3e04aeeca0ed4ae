import { defineFaults } from '#kernel/fault'

export const fault = defineFaults({
  'batches/empty': 'invalid',
  'batches/unreadable': 'invalid',
  'batches/too-many-rows': 'too-large',
  'batches/too-many': 'limited',
  'batches/busy': 'limited',
  'batches/no-name-column': 'invalid',
  'batches/state': 'conflict',
  'batches/watched': 'conflict',
  'batches/watch-end': 'invalid',
  'batches/watch-full': 'limited',
  'batches/file-gone': 'gone',
  'batches/person-gone': 'forbidden',
  'batches/role-lost': 'forbidden',
})
