import { defineFaults } from '#kernel/fault'

export const faultKinds = {
  'documents/loading': 'unavailable',
  'documents/not-issuer': 'forbidden',
  'documents/not-a-state': 'forbidden',
  'documents/number': 'invalid',
  'documents/issuer': 'invalid',
  'documents/dates': 'invalid',
  'documents/purpose': 'invalid',
  'documents/personal': 'invalid',
  'documents/refused': 'forbidden',
  'documents/second-person': 'forbidden',
  'documents/twice': 'invalid',
  'documents/not-declared': 'conflict',
  'documents/no-hit': 'conflict',
  'documents/own': 'conflict',
  'documents/unknown': 'missing',
  'documents/answered': 'conflict',
  'documents/declaration-missing': 'invalid',
  'documents/file-known': 'conflict',
  'documents/file-unreadable': 'invalid',
  'documents/file-columns': 'invalid',
  'documents/file-too-long': 'too-large',
  'documents/file-state': 'conflict',
} as const

export const fault = defineFaults(faultKinds)
