import { type CommandShape, isOn, one, purposeFlags, purposeHeaders } from '#cli/command'

/** Commands about keys and the directory: most work without a node, on a machine that may have no network. */
export const keyCommands: readonly CommandShape[] = [
  {
    words: 'keys generate',
    summary: 'Make a key pair and print its public part',
    example: 'keys generate --use sign --out keys.json',
    group: 'machine',
    flags: [
      { name: 'use', value: 'word', help: 'sign or seal', required: true, choices: ['sign', 'seal'] },
      { name: 'out', value: 'file', help: 'the key file, for its owner alone (mode 0600)', required: true },
      { name: 'append', help: 'add the key to a key file that is there, as a rotation needs' },
    ],
    run: async (given, session) => {
      const { generateKey } = await import('#cli/commands/keys')
      return generateKey({ use: one(given, 'use')!, out: one(given, 'out')!, append: isOn(given, 'append') }, session)
    },
  },
  {
    words: 'keys list',
    summary: 'The thumbprints and public parts of the keys in a file; never the secrets',
    example: 'keys list --file keys.json',
    group: 'machine',
    flags: [{ name: 'file', value: 'file', help: 'a key file', required: true }],
    run: async (given, session) => (await import('#cli/commands/keys')).listKeys(one(given, 'file')!, session),
  },
  {
    words: 'directory show',
    summary: 'Members, keys and endpoints of the directory in force, or of a file',
    example: 'directory show',
    group: 'node',
    positionals: [{ name: 'file', help: 'a signed directory; the one of the node unless given' }],
    run: async (given, session) => (await import('#cli/commands/directory')).showDirectory(one(given, 'file'), session),
  },
  {
    words: 'directory verify',
    summary: 'Check a directory against the pinned keys, and that it follows another',
    example: 'directory verify next.json --config node.json --from directory.json',
    group: 'machine',
    positionals: [{ name: 'file', required: true, help: 'a signed directory' }],
    flags: [
      { name: 'config', value: 'file', help: 'configuration of a node, for the keys that it pins' },
      { name: 'trust', value: 'file', help: 'the pinned keys alone: { federation, threshold, keys }' },
      { name: 'from', value: 'file', help: 'the directory in force, that this one has to follow' },
    ],
    run: async (given, session) =>
      (await import('#cli/commands/directory')).verifyFile(one(given, 'file')!, given, session),
  },
  {
    words: 'directory propose',
    summary: 'The next version of the directory, changed and not yet signed',
    example: 'directory propose --from directory.json --change change.json --out next.json',
    group: 'machine',
    flags: [
      { name: 'change', value: 'json|file|-', help: 'the members of the document that change', required: true },
      { name: 'from', value: 'file', help: 'the directory in force; the one of the node unless given' },
      { name: 'out', value: 'file', help: 'where it goes; standard output unless given' },
    ],
    run: async (given, session) => (await import('#cli/commands/directory')).propose(given, session),
  },
  {
    words: 'directory sign',
    summary: 'Add the signature of a directory key',
    example: 'directory sign next.json --key directory-key.json',
    group: 'machine',
    positionals: [{ name: 'file', required: true, help: 'the proposed directory' }],
    flags: [
      { name: 'key', value: 'file', help: 'a key file', required: true },
      { name: 'out', value: 'file', help: 'where it goes; the same file unless given' },
    ],
    run: async (given, session) =>
      (await import('#cli/commands/directory')).signFile(one(given, 'file')!, given, session),
  },
  {
    words: 'directory adopt',
    summary: 'Put a signed directory in force at the node; it hands it on to all peers',
    example: 'directory adopt next.json',
    group: 'node',
    positionals: [{ name: 'file', required: true, help: 'a signed directory' }],
    flags: purposeFlags,
    run: async (given, session) =>
      (await import('#cli/commands/directory')).adopt(one(given, 'file')!, purposeHeaders(given), session),
  },
]
