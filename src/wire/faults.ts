import { defineFaults } from '#kernel/fault'

export const fault = defineFaults({
  'wire/no-answer': 'unavailable',
  'wire/bad-answer': 'unavailable',
  'wire/insecure': 'forbidden',
  'wire/malformed': 'invalid',
  'wire/suspended': 'forbidden',
  'wire/failed': 'unavailable',
  'record/refused': 'forbidden',
  'record/not-held': 'missing',
  'record/second-person': 'forbidden',
  'content/unknown': 'unsupported',
  'content/malformed': 'invalid',
})
