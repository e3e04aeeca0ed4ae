declare const verified: unique symbol

/**
 * A value whose signature, author and form were checked. Only the verification functions of this room make one, and only
 * such a value can be written: what was not verified cannot reach the store.
 */
export type Verified<T> = T & { readonly [verified]: true }

export function markVerified<T>(value: T): Verified<T> {
  return value as Verified<T>
}
