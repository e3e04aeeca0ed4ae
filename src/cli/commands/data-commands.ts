import { type CommandShape, isOn, one, purposeFlags, purposeHeaders } from '#cli/command'

/** Commands that are more than one request. */
export const dataCommands: readonly CommandShape[] = [
  {
    words: 'screen',
    summary: 'Screen every row of a CSV file, or every JSON line, against what the node holds',
    notes:
      'Columns are recognised by their headers in English, French, Spanish and Arabic, and it says first how they are read; JSON lines are objects with members for columns, or FollowTheMoney entities. Each row gets a line: match, possible, clear, or unread with the reason. Needs --purpose and --reference. Token scope: screen.',
    example: 'screen customers.csv --out results.csv --purpose sanctions-implementation --reference KYC-2026-07',
    group: 'node',
    positionals: [{ name: 'file', required: true, help: 'CSV with a header row, or JSON lines' }],
    flags: [
      {
        name: 'dataset',
        value: 'name',
        help: 'default (all that may be searched), lists, or one list; default: default',
      },
      { name: 'out', value: 'file', help: 'results, for their owner alone (mode 0600); standard output unless given' },
      {
        name: 'format',
        value: 'word',
        help: 'csv or jsonl; by the name of --out unless given',
        choices: ['csv', 'jsonl'],
      },
      { name: 'resume', help: 'go on with a run that was cut short' },
      { name: 'threshold', value: '0…1', help: 'score from which a result counts as a match' },
      { name: 'cutoff', value: '0…1', help: 'score below which a result is left out' },
      { name: 'limit', value: 'n', help: 'results for each row' },
      { name: 'batch', value: 'n', help: 'rows in one request; default: 100' },
      { name: 'parallel', value: 'n', help: 'requests at once; default: 2' },
      { name: 'schema', value: 'word', help: 'what rows are that do not say it; default: Person' },
      {
        name: 'column',
        value: 'header=meaning',
        help: 'what a column means; nothing after = leaves it out',
        repeat: true,
      },
      {
        name: 'dates',
        value: 'word',
        help: 'how 03/04/1971 is read: dmy or mdy; both ways unless given',
        choices: ['dmy', 'mdy'],
      },
      {
        name: 'delimiter',
        value: 'word',
        help: 'comma, semicolon, tab, pipe or auto',
        choices: ['comma', 'semicolon', 'tab', 'pipe', 'auto'],
      },
      { name: 'encoding', value: 'word', help: 'utf-8 or latin-1', choices: ['utf-8', 'latin-1'] },
      ...purposeFlags,
    ],
    run: async (given, session) => (await import('#cli/commands/screen')).screen(given, session),
  },
  {
    words: 'lists import',
    summary: 'Import a sanctions list as it was published, or one of your own by a mapping of its columns',
    notes:
      'Short names: un, ofac, ofac-advanced, us, eu, uk, opensanctions. A list of your own is defined with lists define, and a CSV comes with --mapping. Files may be compressed with gzip. Checks before anything is written refuse what is no list, cut off or collapsed.',
    example: 'lists import ofac ./downloads',
    group: 'node',
    positionals: [
      { name: 'list', required: true, help: 'a short name, or an id that lists list shows' },
      { name: 'path', help: 'the file, or the folder that holds the files' },
    ],
    flags: [
      { name: 'sdn', value: 'file', help: 'OFAC sdn.csv' },
      { name: 'alt', value: 'file', help: 'OFAC alt.csv' },
      { name: 'add', value: 'file', help: 'OFAC add.csv' },
      { name: 'comments', value: 'file', help: 'OFAC sdn_comments.csv' },
      { name: 'mapping', value: 'file', help: 'what the columns of a CSV mean, as JSON' },
      { name: 'delta', value: 'file', help: 'OpenSanctions delta, laid over the list that the node has' },
      { name: 'part', value: 'name=file', help: 'a file of another list', repeat: true },
      { name: 'force', help: 'import against the checks; for a supervisor, with --reason' },
      { name: 'reason', value: 'text', help: 'why it is imported against the checks' },
      ...purposeFlags,
    ],
    run: async (given, session) => {
      const { importList, partFiles } = await import('#cli/lists-import')
      const request = { list: one(given, 'list')!, path: one(given, 'path'), files: partFiles(given) }
      const checks = { force: isOn(given, 'force'), reason: one(given, 'reason') }
      return importList({ ...request, ...checks, headers: purposeHeaders(given) }, session)
    },
  },
  {
    words: 'lists check',
    summary: 'Search every entry of an imported list by each of its names, and say which names do not find it',
    notes: 'Exit code 1 when an entry is not in the index or a strong name does not reach it. Token scope: screen.',
    example: 'lists check un-sc',
    group: 'node',
    positionals: [{ name: 'list', required: true, help: 'a short name, or an id that lists list shows' }],
    flags: [...purposeFlags],
    run: async (given, session) => {
      const { checkList } = await import('#cli/lists-check')
      return checkList({ list: one(given, 'list')!, headers: purposeHeaders(given) }, session)
    },
  },
  {
    words: 'lexicon import',
    summary: 'Import a pack of names that are written in many ways, such as the name classes of Wikidata',
    notes:
      'A line for each name: "osmar, осмар, אוסמר => Q180488"; plain or compressed with gzip. It takes the place of the pack before. For: administrator. Token scope: administer.',
    example: 'lexicon import name-classes.gz',
    group: 'node',
    positionals: [{ name: 'file', required: true, help: 'the pack' }],
    flags: [...purposeFlags],
    run: async (given, session) => (await import('#cli/lexicon-import')).importLexicon(given, session),
  },
  {
    words: 'audit verify',
    summary:
      'Check the whole audit trail of the node against its signed checkpoints, and against those seen here before',
    notes:
      'Entries are downloaded and checked on this machine. For: auditor. Token scope: audit. Exit code 1 when the trail is not intact.',
    example: 'audit verify --note checkpoint-from-ke.txt',
    group: 'node',
    flags: [
      { name: 'note', value: 'file', help: 'a checkpoint of this node that a witness handed over', repeat: true },
      {
        name: 'key',
        value: 'key|@file',
        help: 'verifier keys known from elsewhere, instead of those that the node names',
        repeat: true,
      },
      ...purposeFlags,
    ],
    run: async (given, session) => (await import('#cli/commands/audit-verify')).verifyAudit(given, session),
  },
  {
    words: 'events',
    summary: 'Follow what changes at the node, one line for each event, until interrupted',
    example: 'events --json',
    group: 'node',
    flags: [{ name: 'after', value: 'n', help: 'begin after this sequence of the change feed' }],
    run: async (given, session) => (await import('#cli/commands/events')).followEvents(one(given, 'after'), session),
  },
]
