import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fault } from '#cli/failure'
import type { Terminal } from '#cli/terminal'

/** Where a person signed in. The file holds tokens, so it is its owner's alone: mode 0600 in a folder of mode 0700. */
export interface Profile {
  readonly url: string
  readonly token: string
  /** Of a token that `sign-in` made, so that `sign-out` can revoke it. */
  readonly tokenId?: string
  /** PEM file of the authority of a node whose certificate no public authority signed. */
  readonly authorityFile?: string
}

export interface Profiles {
  readonly current: string
  readonly profiles: Readonly<Record<string, Profile>>
}

const none: Profiles = { current: 'default', profiles: {} }

export function profileFolder({ env }: Pick<Terminal, 'env'>): string {
  return join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'comity')
}

export function profileFile(terminal: Pick<Terminal, 'env'>): string {
  return join(profileFolder(terminal), 'profile.json')
}

export function readProfiles(terminal: Terminal): Profiles {
  const file = profileFile(terminal)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return none
    throw fault('cli/unreadable', `${file} cannot be read.`, { cause })
  }
  if ((statSync(file).mode & 0o077) !== 0 && process.platform !== 'win32') {
    terminal.err(
      `${file} could be read by others. It is its owner's alone again; renew its tokens if others use this machine.\n`,
    )
    chmodSync(file, 0o600)
  }
  try {
    return checked(JSON.parse(text))
  } catch (cause) {
    throw fault('cli/unreadable', `${file} is damaged. Remove it and sign in again.`, { cause })
  }
}

export function changeProfiles(terminal: Terminal, change: (before: Profiles) => Profiles): void {
  const file = profileFile(terminal)
  writePrivate(file, `${JSON.stringify(change(readProfiles(terminal)), null, 2)}\n`)
}

/** Writes beside and renames: a crash leaves the old file or the new one, and no moment in which others may read it. */
export function writePrivate(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const beside = `${file}.${process.pid}.new`
  writeFileSync(beside, text, { mode: 0o600 })
  renameSync(beside, file)
}

function checked(value: unknown): Profiles {
  const { current, profiles } = objectOf(value)
  return {
    current: typeof current === 'string' ? current : none.current,
    profiles: Object.fromEntries(Object.entries(objectOf(profiles ?? {})).map(([name, it]) => [name, profileOf(it)])),
  }
}

function profileOf(value: unknown): Profile {
  const { url, token, tokenId, authorityFile } = objectOf(value)
  if (typeof url !== 'string' || typeof token !== 'string') throw new TypeError('a profile has a URL and a token')
  return {
    url,
    token,
    ...(typeof tokenId === 'string' ? { tokenId } : {}),
    ...(typeof authorityFile === 'string' ? { authorityFile } : {}),
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('not an object')
  return value as Record<string, unknown>
}
