import { type CommandShape, isOn, one } from '#cli/command'

/** Commands about nodes and federations on this machine. What they run is loaded when they run. */
export const nodeCommands: readonly CommandShape[] = [
  {
    words: 'serve',
    summary: 'Run one node',
    example: 'serve --config /var/lib/comity/fr/node.json',
    group: 'machine',
    flags: [{ name: 'config', value: 'file', help: 'configuration file of the node', required: true }],
    run: async (given, session) => (await import('#cli/commands/serve')).serve(one(given, 'config')!, session),
  },
  {
    words: 'people unlock',
    summary: 'Take the second factors of a person away, at the machine of a node that is stopped',
    notes:
      'For a sole administrator who lost factor and recovery codes: nobody else could reset them. It needs the configuration, the keys and the database of the node, and stands in its audit with the account of this machine. Elsewhere another administrator does it: comity people reset-factors.',
    example: 'people unlock amina --config /var/lib/comity/fr/node.json --reason "phone and codes lost"',
    group: 'machine',
    positionals: [{ name: 'username', required: true, help: 'as the person signs in' }],
    flags: [
      { name: 'config', value: 'file', help: 'configuration file of the node', required: true },
      { name: 'reason', value: 'text', help: 'why, for the audit', required: true },
      { name: 'password', help: 'give a one-time password too' },
    ],
    run: async (given, session) => (await import('#cli/commands/unlock')).unlock(given, session),
  },
  {
    words: 'start',
    summary: 'Run the exercise federation on this machine, with invented members, people and data',
    example: 'start --directory .comity',
    group: 'machine',
    flags: [{ name: 'directory', value: 'folder', help: 'where its keys and data are kept; default: .comity' }],
    run: async (given, { json }) => {
      const { startFederation } = await import('#node/start-federation')
      await startFederation({ directory: one(given, 'directory') ?? '.comity', json })
      return undefined
    },
  },
  {
    words: 'exercise',
    summary: 'Play the exercise on temporary nodes, step by step, and say which steps held',
    example: 'exercise --json',
    group: 'machine',
    run: async (_given, { json }) => {
      const { runExercise } = await import('#node/exercise')
      return (await runExercise({ json })) === 0 ? 0 : 1
    },
  },
  {
    words: 'doctor',
    summary: 'Look for what is wrong, here and with the node, and say what to do',
    example: 'doctor --config /var/lib/comity/fr/node.json',
    group: 'machine',
    flags: [{ name: 'config', value: 'file', help: 'also look at the node of this configuration file' }],
    run: async (given, session) => (await import('#cli/commands/doctor')).doctor(one(given, 'config'), session),
  },
  {
    words: 'version',
    summary: 'The version of this program, and of the node with --node',
    example: 'version --node',
    group: 'machine',
    flags: [{ name: 'node', help: 'ask the node too' }],
    run: async (given, session) => (await import('#cli/commands/version')).version(isOn(given, 'node'), session),
  },
  {
    words: 'completion',
    summary: 'A completion script for your shell',
    example: 'completion bash > /etc/bash_completion.d/comity',
    group: 'machine',
    positionals: [{ name: 'shell', required: true, choices: ['bash', 'zsh', 'fish'], help: 'bash, zsh or fish' }],
    run: async (given, session) => (await import('#cli/commands/completion')).completion(one(given, 'shell')!, session),
  },
]
