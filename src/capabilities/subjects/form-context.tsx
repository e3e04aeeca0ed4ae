import { createContext, useContext } from 'react'
import type { Writing } from '#capabilities/subjects/form'

export interface FormState {
  readonly writing: Writing
  readonly change: (next: Writing) => void
  /** Keys in the order in which rows were added: what is read again, from a draft or a record, has lost it. */
  readonly order: readonly string[]
  /** What is wrong, by pointer: found here or said by the node. */
  readonly errors: ReadonlyMap<string, string>
}

const Context = createContext<FormState | undefined>(undefined)
export const FormProvider = Context.Provider

export function useForm(): FormState {
  const form = useContext(Context)
  if (form === undefined) throw new Error('there is no form around this')
  return form
}

/** What is wrong with one of these places, or with something inside the first. */
export function useErrorAt(pointer: string, ...others: readonly string[]): string | undefined {
  const { errors } = useForm()
  const exact = [pointer, ...others].map((it) => errors.get(it)).find((it) => it !== undefined)
  return exact ?? [...errors].find(([at]) => at.startsWith(`${pointer}/`))?.[1]
}

/** Entries in the order in which they were added, those that nobody added here last. */
export function useOrdered<Value>(all: Readonly<Record<string, Value>>): [string, Value][] {
  const { order } = useForm()
  const rank = (key: string) => {
    const at = order.indexOf(key)
    return at === -1 ? order.length : at
  }
  return Object.entries(all).sort(([a], [b]) => rank(a) - rank(b))
}

/** A key of its own for a new entry: 12 characters, unguessable, so that gaps tell nothing. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(6))].map((it) => it.toString(16).padStart(2, '0')).join('')
}
