import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { defineFaults } from '#kernel/fault'
import { parseJson } from '#kernel/json'
import { DirectoryTrust, SignedDirectory } from '#protocol/directory'
import { MemberId } from '#protocol/handling'
import { PrivateJwk } from '#protocol/keys'

const fault = defineFaults({ 'config/unreadable': 'invalid' })

/** The configuration file of a node. Paths are relative to the file. Secrets are in the key file alone, mode 0600. */
export const NodeConfig = z.strictObject({
  member: MemberId,
  dataDirectory: z.string().default('.'),
  /** A PostgreSQL connection string; without it the bundled PostgreSQL runs below the data directory. */
  databaseUrl: z.string().optional(),
  listen: z.strictObject({ host: z.string().default('127.0.0.1'), port: z.number().int().min(0).max(65_535) }),
  publicUrl: z.url(),
  tls: z.strictObject({ certificateFile: z.string(), keyFile: z.string() }).optional(),
  keysFile: z.string().default('keys.json'),
  /** The directory to begin with; the newest that was adopted is in the database. */
  directoryFile: z.string().default('directory.json'),
  trust: DirectoryTrust,
  /** Exercise accounts and data to load at the first start. */
  seedFile: z.string().optional(),
  /** How published lists come to the node: by hand alone unless `download` says otherwise. */
  lists: z
    .strictObject({
      download: z.enum(['off', 'scheduled']).default('off'),
      addresses: z.record(z.string(), z.record(z.string(), z.url())).optional(),
      tokens: z.record(z.string(), z.string().min(1).max(200)).optional(),
    })
    .optional(),
  /** Accounts to offer on the sign-in page and the other consoles, for an exercise that only this machine can reach. */
  exerciseFile: z.string().optional(),
})
export type NodeConfig = z.infer<typeof NodeConfig>

export const KeysFile = z.strictObject({ keys: z.array(PrivateJwk).min(1).max(16) })
export type KeysFile = z.infer<typeof KeysFile>

export function readConfig(file: string): NodeConfig {
  const config = readJson(file, NodeConfig)
  const at = (path: string) => resolve(dirname(resolve(file)), path)
  return {
    ...config,
    dataDirectory: at(config.dataDirectory),
    keysFile: at(config.keysFile),
    directoryFile: at(config.directoryFile),
    ...(config.seedFile === undefined ? {} : { seedFile: at(config.seedFile) }),
    ...(config.exerciseFile === undefined ? {} : { exerciseFile: at(config.exerciseFile) }),
    ...(config.tls === undefined
      ? {}
      : { tls: { certificateFile: at(config.tls.certificateFile), keyFile: at(config.tls.keyFile) } }),
  }
}

export function readKeys(file: string): KeysFile {
  return readJson(file, KeysFile)
}

export function readDirectoryFile(file: string): SignedDirectory {
  return readJson(file, SignedDirectory)
}

/** Writes beside and renames, so that a crash leaves the old file or the new one. */
export function writeJson(file: string, value: unknown, mode = 0o644): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode })
  renameSync(`${file}.new`, file)
}

export function readJson<T>(file: string, schema: z.ZodType<T>): T {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw fault('config/unreadable', `${file} cannot be read.`, { cause })
  }
  const parsed = schema.safeParse(parseJson(text, { bytes: 33_554_432, depth: 32 }))
  if (parsed.success) return parsed.data
  throw fault('config/unreadable', `${file} is not what it should be: ${z.prettifyError(parsed.error)}`)
}
