import type { ComponentType } from 'react'
import type { Ask } from './ask'

/** The roles of a node's people, as `/api/v1/me` names them. */
export type Role = 'officer' | 'supervisor' | 'legal' | 'border' | 'auditor' | 'administrator'

/** The duties of the navigation, in its order. Those that a person has no page of are absent; the account is with the person's name. */
export const duties = [
  'exercise',
  'border',
  'search',
  'subjects',
  'notices',
  'messages',
  'sharing',
  'lists',
  'members',
  'oversight',
  'node',
  'account',
] as const
export type Duty = (typeof duties)[number]

/**
 * What a capability adds to the console: its pages, what of it waits for a person, and what of it can be found by a word.
 * Declared in the capability's `console.ts`; the shell finds it there, so a new capability needs no edit in `web/`.
 */
export interface ConsolePart {
  /** The duty that its pages belong to, but for those that say another. */
  readonly duty: Duty
  readonly pages: readonly ConsolePage[]
  readonly queue?: readonly QueueSource[]
  readonly finders?: readonly Finder[]
  readonly pieces?: readonly ConsolePiece[]
}

/** A piece that several pages of this capability are made of, in its states and with invented data: shown where all pieces are. */
export interface ConsolePiece {
  readonly name: string
  readonly load: () => Promise<{ readonly Sample: ComponentType }>
}

export interface ConsolePage {
  /** With `$name` for a parameter: `/subjects/$id`. */
  readonly path: string
  /** Key of its title in the words of the capability. */
  readonly title: string
  readonly roles: readonly Role[] | 'signed-in'
  readonly duty?: Duty
  /** Its place among the pages of its duty in the navigation, ascending; a page without one is reached from others. */
  readonly order?: number
  /** Reached by name with `Ctrl K` though it has no place in the navigation: a form for something new. */
  readonly named?: boolean
  /** In the navigation only where the directory says that it is an exercise. */
  readonly when?: 'exercise'
  /** Capabilities whose words its own quote: `$t(subjects.title)`. */
  readonly quotes?: readonly string[]
  readonly load: () => Promise<{ readonly Page: ComponentType }>
}

/** One kind of thing that waits, such as open candidates. */
export interface QueueSource {
  readonly name: string
  readonly roles: readonly Role[]
  /** Types of the change feed after which it is read again. */
  readonly types: readonly string[]
  readonly read: (ask: Ask) => Promise<readonly QueueItem[]>
}

export interface QueueItem {
  readonly id: string
  /** Key in the words: what kind of thing waits. */
  readonly kind: string
  /** What it is about, in its own words. */
  readonly subject: string
  /** Who waits, or whom it is from: a member id. */
  readonly member: string | null
  /** When its clock runs out, and by which rule. */
  readonly due: { readonly at: string; readonly rule: string | null } | null
  readonly since: string
  /** Key in the words: the one next action. */
  readonly action: string
  readonly href: string
}

/** Finds things by a word in the palette. What is searched for has a purpose, so it is asked only once one is stated. */
export interface Finder {
  readonly name: string
  readonly roles: readonly Role[]
  readonly find: (ask: Ask, text: string, signal: AbortSignal) => Promise<readonly Found[]>
}

export interface Found {
  readonly href: string
  readonly caption: string
  /** Key in the words: what kind of thing it is. */
  readonly kind: string
}
