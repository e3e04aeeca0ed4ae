import { defineFaults } from '#kernel/fault'

export const fault = defineFaults({
  'border/bad-desks': 'invalid',
  'border/unknown-desk': 'missing',
  'border/unreadable': 'invalid',
  'border/nothing-given': 'invalid',
  'border/unknown-check': 'missing',
  'border/unknown-candidate': 'missing',
  'border/candidate-closed': 'conflict',
  'border/name-only': 'forbidden',
  'border/unknown-hit': 'missing',
  'border/not-owner': 'forbidden',
  'border/not-finder': 'forbidden',
  'border/answered': 'conflict',
  'border/not-asked': 'conflict',
  'border/closed': 'conflict',
  'border/refused': 'forbidden',
  'border/alert-gone': 'gone',
  'border/unknown-message': 'missing',
  'border/not-a-message': 'invalid',
  'border/passengers-lost': 'conflict',
  'border/too-many-passengers': 'too-large',
})
