import type { CommandShape, Flag, Session } from '#cli/command'
import { globalFlags } from '#cli/program'

type Shell = 'bash' | 'zsh' | 'fish'

/** What can follow one prefix of words. */
interface Step {
  readonly path: string
  /** Next words with what they do. */
  readonly next: readonly (readonly [word: string, summary: string])[]
  readonly flags: readonly Flag[]
}

export async function completion(shell: string, session: Session): Promise<undefined> {
  session.terminal.out(completionScript(shell as Shell, await session.shapes()))
  return undefined
}

/** The script is whole in itself: it asks nobody while the person types. */
export function completionScript(shell: Shell, shapes: readonly CommandShape[]): string {
  const steps = stepsOf(shapes)
  if (shell === 'fish') return fishScript(steps)
  return shell === 'zsh' ? zshScript(steps) : bashScript(steps)
}

function stepsOf(shapes: readonly CommandShape[]): Step[] {
  const paths = new Set([''])
  for (const { words } of shapes) {
    const parts = words.split(' ')
    parts.forEach((_, at) => void paths.add(parts.slice(0, at + 1).join(' ')))
  }
  return [...paths].sort().map((path) => {
    const prefix = path === '' ? '' : `${path} `
    const below = shapes.filter((it) => it.words.startsWith(prefix) && it.words !== path)
    const next = new Map<string, string>()
    for (const it of below) {
      const word = it.words.slice(prefix.length).split(' ')[0]!
      next.set(word, it.words === `${prefix}${word}` ? it.summary : (next.get(word) ?? ''))
    }
    const shape = shapes.find((it) => it.words === path)
    const choices = (shape?.positionals?.[0]?.choices ?? []).map((it) => [it, ''] as const)
    const flags = shape === undefined ? [] : [...(shape.flags ?? []), ...globalFlags, { name: 'help', help: 'help' }]
    return { path, next: [...[...next].sort((a, b) => (a[0] < b[0] ? -1 : 1)), ...choices], flags }
  })
}

/** Walks along the words typed so far; stays where a word is none of a known path, so that ids do not confuse it. */
function bashScript(steps: readonly Step[]): string {
  const cases = (each: (step: Step) => string) =>
    steps.map((it) => `    ${quoted(it.path)}) reply=${quoted(each(it))} ;;`).join('\n')
  const values = steps.flatMap(({ path, flags }) =>
    flags.flatMap(({ name, choices }) =>
      choices === undefined ? [] : [`    ${quoted(`${path} --${name}`)}) reply=${quoted(choices.join(' '))} ;;`],
    ),
  )
  return `# Completion of comity for bash. Made by: comity completion bash
_comity() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} path= reply= each
  for each in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$each" in
${steps
  .filter((it) => it.path !== '')
  .map((it) => `    ${quoted(it.path)}) path=${quoted(it.path)} ;;`)
  .join('\n')}
    esac
  done
  case "$path $before" in
${values.join('\n')}
  esac
  if [ -n "$reply" ]; then :
  elif [ "\${word:0:1}" = - ]; then
    case "$path" in
${cases(({ flags }) => flags.map(({ name }) => `--${name}`).join(' '))}
    esac
  else
    case "$path" in
${cases(({ next }) => next.map(([word]) => word).join(' '))}
    esac
  fi
  COMPREPLY=($(compgen -W "$reply" -- "$word"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$word"))
}
complete -o filenames -F _comity comity
`
}

function zshScript(steps: readonly Step[]): string {
  const cases = steps.map(({ path, next, flags }) => {
    const words = next.map(([word, summary]) => quoted(`${word}:${plain(summary)}`)).join(' ')
    const options = flags.map((it) => quoted(`--${it.name}:${plain(it.help)}`)).join(' ')
    return `    ${quoted(path)}) words_=(${words}) flags_=(${options}) ;;`
  })
  const known = steps.filter((it) => it.path !== '').map((it) => quoted(it.path))
  return `#compdef comity
# Completion of comity for zsh. Made by: comity completion zsh
_comity() {
  local path_='' each next_
  local -a words_ flags_ known_
  known_=(${known.join(' ')})
  for each in \${words[2,CURRENT-1]}; do
    next_="\${path_:+$path_ }$each"
    (( \${known_[(Ie)$next_]} )) && path_=$next_
  done
  case $path_ in
${cases.join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then _describe flag flags_
  elif (( $#words_ )); then _describe command words_
  else _files; fi
}
compdef _comity comity
`
}

function fishScript(steps: readonly Step[]): string {
  const lines = steps.flatMap(({ path, next, flags }) => {
    const when = `-n ${quoted(`__comity_at ${quoted(path)}`)}`
    return [
      ...next.map(([word, summary]) => `complete -c comity ${when} -f -a ${quoted(word)} -d ${quoted(plain(summary))}`),
      ...flags.map(
        ({ name, help, value, choices }) =>
          `complete -c comity ${when} -l ${name}${value === undefined ? '' : choices === undefined ? ' -r' : ` -x -a ${quoted(choices.join(' '))}`} -d ${quoted(plain(help))}`,
      ),
    ]
  })
  const known = steps.filter((it) => it.path !== '').map((it) => quoted(it.path))
  return `# Completion of comity for fish. Made by: comity completion fish
function __comity_at
  set -l path ''
  for each in (commandline -opc)[2..-1]
    set -l next (string trim "$path $each")
    contains -- "$next" ${known.join(' ')}; and set path "$next"
  end
  test "$path" = "$argv[1]"
end
${lines.join('\n')}
`
}

/** One line without what a shell or its completion would read as its own. */
function plain(text: string): string {
  return text
    .replaceAll(/[:'"\\[\]`$]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 90)
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
