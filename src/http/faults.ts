import { defineFaults } from '#kernel/fault'

export const fault = defineFaults({
  'http/malformed': 'invalid',
  'http/unsupported-type': 'unsupported',
  'http/too-large': 'too-large',
  'http/not-found': 'missing',
  'http/not-signed-in': 'unauthenticated',
  'http/role': 'forbidden',
  'http/scope': 'forbidden',
  'http/purpose-missing': 'invalid',
  'http/reference-missing': 'invalid',
  'http/key-reused': 'conflict',
  'http/too-many': 'limited',
  'http/cross-site': 'forbidden',
})
