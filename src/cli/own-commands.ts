import type { CommandShape } from '#cli/command'
import { accountCommands } from '#cli/commands/account-commands'
import { dataCommands } from '#cli/commands/data-commands'
import { keyCommands } from '#cli/commands/key-commands'
import { nodeCommands } from '#cli/commands/node-commands'

/** Commands that are not one operation of the API. Where an operation has the same words, these win. */
export const ownCommands: readonly CommandShape[] = [
  ...accountCommands,
  ...dataCommands,
  ...keyCommands,
  ...nodeCommands,
]
