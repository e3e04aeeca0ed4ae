import type { Logger } from 'pino'
import type { Sameness } from '#http/sameness'
import type { Alerts, TravelDocuments } from '#http/travellers'
import type { Role } from '#policy/roles'
import type { Directory, DirectoryTrust, SignedDirectory } from '#protocol/directory'
import type { Identity } from '#protocol/identity'
import type { AnyRecordKind } from '#protocol/record-kind'
import type { Verified } from '#protocol/verified'
import type { Store } from '#store/store'

/** What a node lends to the handlers of its capabilities. */
export interface Services {
  readonly store: Store
  readonly identity: Identity
  readonly directories: Directories
  readonly kinds: ReadonlyMap<string, AnyRecordKind>
  readonly people: People
  readonly alerts: Alerts
  readonly documents: TravelDocuments
  readonly sameness: Sameness
  readonly settings: Settings
  readonly log: Logger
}

/** The people of this node as they are now; who asks knows their ids, and nothing is learned of others. */
export interface People {
  /** Of those of these ids whom the node knows, by id. */
  standing(ids: readonly string[]): Promise<ReadonlyMap<string, Standing>>
}

export interface Standing {
  readonly roles: readonly Role[]
  readonly disabled: boolean
}

export interface Directories {
  current(): Directory
  signed(): SignedDirectory
  readonly trust: DirectoryTrust
  /** Verifies a directory against the pinned keys and the one in force. Throws `directory/*`. */
  verify(input: unknown): Promise<Verified<SignedDirectory>>
  /** Puts a verified directory in force, now that it is written. */
  adopt(directory: Verified<SignedDirectory>): void
}

export interface Settings {
  /** Where people reach the node, for sign-in ceremonies and links: scheme, host, port. */
  readonly publicUrl: string
  readonly exercise: boolean
  /** Absent on every node but those of an exercise on one machine. */
  readonly exerciseDesks?: ExerciseDesks | undefined
  readonly dataDirectory: string
  /** Of the program that runs. */
  readonly version: string
  /** How published lists come to the node; absent: only by hand. */
  readonly lists?: ListSettings | undefined
}

export interface ListSettings {
  /** Whether the official sources are asked by their clocks. */
  readonly download: 'off' | 'scheduled'
  /** Addresses in place of the stated ones, by list and part: a mirror of one's own. */
  readonly addresses?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined
  /** What a source gave to this operator, by list: it takes the place of `{token}` in the address. */
  readonly tokens?: Readonly<Record<string, string>> | undefined
}

/** Invented people that anybody at this machine may sign in as, and where the consoles of the offices are. */
export interface ExerciseDesks {
  readonly accounts: readonly {
    readonly username: string
    readonly name: string
    readonly roles: readonly Role[]
    readonly password: string
  }[]
  readonly offices: readonly { readonly member: string; readonly url: string }[]
}
