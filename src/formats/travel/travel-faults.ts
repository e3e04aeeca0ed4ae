import { defineFaults } from '#kernel/fault'

/** Why something can not be written. Reading never refuses a message: what is wrong with one is found and reported. */
export const fault = defineFaults({
  'formats/wrong-mrz-field': 'invalid',
  'formats/wrong-answer': 'invalid',
})
