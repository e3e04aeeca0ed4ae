import { defineFaults } from '#kernel/fault'

export const faultKinds = {
  'messages/to-self': 'invalid',
  'messages/recipient-suspended': 'forbidden',
  'messages/refused': 'forbidden',
  'messages/concerning-refused': 'forbidden',
  'messages/availability-missing': 'invalid',
  'messages/dates': 'invalid',
  'messages/mark-not-possible': 'invalid',
  'messages/malformed': 'invalid',
  'messages/no-such-thread': 'missing',
  'messages/outside-thread': 'invalid',
  'messages/not-a-request': 'conflict',
  'messages/not-addressed': 'forbidden',
  'messages/already-answered': 'conflict',
  'messages/closed': 'conflict',
  'messages/no-such-request': 'missing',
  'messages/too-large': 'too-large',
  'messages/media-type': 'unsupported',
  'messages/attachment-encoding': 'invalid',
  'messages/attachment-hash': 'invalid',
  'messages/no-such-attachment': 'missing',
} as const

export const fault = defineFaults(faultKinds)
