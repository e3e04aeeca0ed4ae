import type { Directory } from '#protocol/directory'
import type { OwnKey } from '#protocol/keys'

/** Who this node is: its name, its keys and the directory in force, each asked when needed because all three change. */
export interface Identity {
  readonly me: string
  signingKey(): OwnKey
  /** The current sealing key and those before it that the overlap still accepts. */
  sealingKeys(): readonly OwnKey[]
  directory(): Directory
}
