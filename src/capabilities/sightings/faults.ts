import { defineFaults } from '#kernel/fault'

export const faultKinds = {
  'sightings/refused': 'forbidden',
  'sightings/stale': 'conflict',
  'sightings/dates': 'invalid',
  'sightings/not-a-subject': 'invalid',
  'sightings/of-another': 'invalid',
  'sightings/recipient': 'forbidden',
  'sightings/purpose': 'forbidden',
  'sightings/withheld-field': 'forbidden',
  'sightings/mark-not-possible': 'invalid',
  'sightings/companions-kept': 'invalid',
  'sightings/unknown-record': 'missing',
} as const

export const fault = defineFaults(faultKinds)
