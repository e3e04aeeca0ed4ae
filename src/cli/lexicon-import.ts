import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { type Given, one, purposeHeaders, type Session } from '#cli/command'
import { usage } from '#cli/failure'
import { printJson, printValue } from '#cli/print'
import { startProgress } from '#cli/progress'

/** Hands in a pack of names as a stream and shows what the node made of it. */
export async function importLexicon(given: Given, session: Session): Promise<undefined> {
  const { terminal, json } = session
  const file = one(given, 'file')!
  const about = statSync(file, { throwIfNoEntry: false })
  if (about?.isFile() !== true) throw usage(`There is no file ${file}.`)
  const progress = json ? undefined : startProgress({ terminal, total: about.size, unit: 'bytes' })
  let sent = 0
  const counted = async function* () {
    for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
      sent += chunk.byteLength
      progress?.at(sent, basename(file))
      yield chunk
    }
  }
  const response = await session
    .client()
    .open({ method: 'PUT', path: '/api/v1/lexicon', headers: purposeHeaders(given) }, {
      body: Readable.toWeb(Readable.from(counted())) as ReadableStream,
      headers: { 'content-type': 'application/octet-stream' },
      duplex: 'half',
    } as RequestInit)
  progress?.end()
  const text = await response.text()
  if (json) printJson(text, terminal)
  else {
    const { pack, ...table } = JSON.parse(text) as { readonly pack: object }
    printValue({ ...table, ...pack }, { terminal, columns: null })
  }
  return undefined
}
