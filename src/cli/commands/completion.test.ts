import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { completionScript } from '#cli/commands/completion'
import { shapes } from '#cli/operations.fixture'
import { ownCommands } from '#cli/own-commands'

const all = [...ownCommands, ...shapes]
const hasBash = spawnSync('bash', ['--version']).status === 0

/** What bash would offer after this line. */
function offered(line: string): string[] {
  const words = line.split(' ')
  const script = `${completionScript('bash', all)}
COMP_WORDS=(${words.map((it) => `'${it}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_comity; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' })
  return stdout.split('\n').filter((it) => it !== '')
}

describe('completionScript', () => {
  it.each(['bash', 'zsh', 'fish'] as const)('has every word and every flag for %s', (shell) => {
    const script = completionScript(shell, all)
    for (const { words, flags = [] } of all) {
      for (const word of words.split(' ')) expect(script).toContain(word)
      for (const { name } of flags) expect(script).toContain(shell === 'fish' ? `-l ${name}` : `--${name}`)
    }
  })

  it.runIf(hasBash)('offers in bash what can follow', () => {
    expect(offered('comity thi')).toEqual(['things'])
    expect(offered('comity things ')).toEqual(['list', 'make', 'show', 'take'])
    expect(offered('comity --json things l')).toEqual(['list'])
    expect(offered('comity things list --st')).toEqual(['--state'])
    expect(offered('comity things list --state c')).toEqual(['closed'])
    expect(offered('comity share rec_1 --with ke --gr')).toEqual(['--group'])
    expect(offered('comity completion z')).toEqual(['zsh'])
  })
})
