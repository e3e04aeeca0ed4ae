import { type CommandShape, isOn, one } from '#cli/command'

/** Commands about who speaks to which node. */
export const accountCommands: readonly CommandShape[] = [
  {
    words: 'sign-in',
    summary: 'Keep the address of a node and a token for it in a profile',
    notes:
      'Without --token it asks for username and password, and makes a token for this machine. COMITY_URL, COMITY_TOKEN and COMITY_PROFILE win over the profile.',
    example: 'sign-in https://ncb.example --token -',
    group: 'node',
    positionals: [{ name: 'url', required: true, help: 'address of the node' }],
    flags: [
      { name: 'token', value: 'token|-', help: 'an API token; - reads it from standard input' },
      { name: 'username', value: 'name', help: 'sign in with a password, which is asked for' },
      { name: 'days', value: 'n', help: 'how long the token that is made lasts; default: 30' },
      { name: 'authority', value: 'file', help: 'PEM of the authority of the node, if it is no public one' },
    ],
    run: async (given, session) => (await import('#cli/commands/sign-in')).signIn(given, session),
  },
  {
    words: 'sign-out',
    summary: 'Forget the profile and revoke the token that sign-in made',
    example: 'sign-out --profile work',
    group: 'node',
    flags: [{ name: 'keep-token', help: 'leave the token valid' }],
    run: async (given, session) => (await import('#cli/commands/profiles')).signOut(isOn(given, 'keep-token'), session),
  },
  {
    words: 'setup',
    summary: 'Make the first administrator of a new node, with the code in its log',
    example: 'setup http://localhost:7001 --username amina --name "Amina Diallo"',
    group: 'node',
    positionals: [{ name: 'url', required: true, help: 'address of the node' }],
    flags: [
      { name: 'code', value: 'code', help: 'the code in the log of the node; asked for unless given' },
      { name: 'username', value: 'name', help: 'asked for unless given' },
      { name: 'name', value: 'text', help: 'asked for unless given' },
    ],
    run: async (given, session) => (await import('#cli/commands/sign-in')).setUp(given, session),
  },
  {
    words: 'profiles list',
    summary: 'The profiles of this machine',
    example: 'profiles list',
    group: 'machine',
    run: async (_given, session) => (await import('#cli/commands/profiles')).listProfiles(session),
  },
  {
    words: 'profiles use',
    summary: 'Choose the profile that commands use',
    example: 'profiles use work',
    group: 'machine',
    positionals: [{ name: 'name', required: true, help: 'name of a profile' }],
    run: async (given, session) => (await import('#cli/commands/profiles')).useProfile(one(given, 'name')!, session),
  },
]
