import { defineFaults } from '#kernel/fault'

export const fault = defineFaults({
  'people/sign-in-refused': 'unauthenticated',
  'people/too-many-attempts': 'limited',
  'people/busy': 'unavailable',
  'people/password-change-needed': 'forbidden',
  'people/wrong-password': 'forbidden',
  'people/weak-password': 'invalid',
  'people/session-needed': 'forbidden',
  'people/unknown': 'missing',
  'people/username-taken': 'conflict',
  'people/separation-of-duties': 'forbidden',
  'people/own-account': 'forbidden',
  'people/last-administrator': 'conflict',
  'people/scope-beyond-role': 'forbidden',
  'people/wrong-setup-code': 'forbidden',
  'people/passkey-unusable': 'invalid',
  'people/passkey-known': 'conflict',
  'people/exercise-only': 'forbidden',
  'people/step-expired': 'unauthenticated',
  'people/wrong-code': 'forbidden',
  'people/factor-exhausted': 'forbidden',
  'people/factor-known': 'conflict',
  'people/factor-required': 'forbidden',
  'people/factor-unreadable': 'conflict',
})

/** The value, or the one answer for what is not there and for what belongs to somebody else. */
export function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw fault('people/unknown', 'There is nothing of yours with this id.')
  return value
}
