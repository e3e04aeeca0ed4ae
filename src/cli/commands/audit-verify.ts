import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RemoteTrailReport } from '#capabilities/audit/verify-trail'
import { type Given, purposeHeaders, type Session } from '#cli/command'
import { exitCodes } from '#cli/failure'
import { printJson } from '#cli/print'
import { printable } from '#cli/printable'
import { profileFolder, writePrivate } from '#cli/profile'
import { grouped, startProgress } from '#cli/progress'
import { tableOf } from '#cli/table'
import type { Terminal } from '#cli/terminal'
import { readText } from '#cli/values'

/** Enough to hold a node to what it signed; the largest alone covers every entry below it. */
const keptNotes = 50

/**
 * Verifies the whole audit trail of the node. The checkpoints seen here before, and those that a witness handed over, count
 * too: a node that rewrote its history since cannot make them fit.
 */
export async function verifyAudit(given: Given, session: Session): Promise<number> {
  const { terminal, json } = session
  const client = session.client()
  const { verifyRemoteTrail } = await import('#capabilities/audit/verify-trail')
  const file = checkpointFile(client.url, terminal)
  const earlier = [...readNotes(file), ...(given.get('note') ?? []).map(readText)]
  const keys = given.get('key')?.flatMap((it) => (it.startsWith('@') ? readText(it.slice(1)).split('\n') : [it]))
  const headers = purposeHeaders(given)
  let progress: ReturnType<typeof startProgress> | undefined
  const report = await verifyRemoteTrail({
    fetchJson: (path) => client.json({ path, headers }),
    earlier,
    keys: keys?.map((it) => it.trim()).filter((it) => it !== ''),
    onProgress: ({ done, total }) => {
      progress ??= startProgress({ terminal, total, unit: 'entries' })
      progress.at(done)
    },
  })
  progress?.end()
  if (report.intact)
    writePrivate(file, `${JSON.stringify([...new Set([...readNotes(file), report.latest])].slice(-keptNotes))}\n`)
  if (json) printJson(JSON.stringify({ ...report, earlier: earlier.length }), terminal)
  else terminal.out(verdictText(report, { earlier: earlier.length, columns: terminal.columns }))
  return report.intact ? exitCodes.ok : exitCodes.refused
}

const meanings: Readonly<Record<RemoteTrailReport['tampered'][number]['why'], string>> = {
  altered: 'the entry is not the one that was recorded',
  'half-erased': 'the entry or its salt was removed without the other',
  replaced: 'another commitment stands where the tree has this one',
  missing: 'entries are not there',
  misplaced: 'the entry stands out of order',
  rewritten: 'the history differs from what the node signed',
  forked: 'the node signed two histories',
}

const shownFindings = 100

export function verdictText(
  report: RemoteTrailReport,
  { earlier, columns }: { earlier: number; columns: number | undefined },
): string {
  const { intact, origin, size, covered, erased, tampered, cosigners } = report
  const lines = [
    `${intact ? 'INTACT' : 'NOT INTACT'}  ${printable(origin)}`,
    `  Entries      ${grouped(size)}${erased === 0 ? '' : `, ${grouped(erased)} of them lawfully erased, their commitments kept`}`,
    `  Signed       ${grouped(covered)} under a checkpoint of the node${covered < size ? `; the last ${grouped(size - covered)} rest on no signature yet` : ''}`,
    `  Witnesses    ${cosigners.length === 0 ? 'none cosigned yet' : cosigners.map((it) => `${printable(it.name)} up to ${grouped(it.size)}`).join(', ')}`,
    `  Seen before  ${earlier === 0 ? 'nothing: later visits will be compared with this one' : `${earlier} checkpoint${earlier === 1 ? '' : 's'}, compared`}`,
  ]
  if (tampered.length === 0)
    return `${lines.join('\n')}\n${intact ? '' : '\nNo checkpoint of the node fits its entries.\n'}`
  const rows = tampered
    .slice(0, shownFindings)
    .map(({ index, until, why }) => [until - index > 1 ? `${index} – ${until - 1}` : String(index), why, meanings[why]])
  const rest = tampered.length - rows.length
  return `${lines.join('\n')}\n\n${tableOf(['index', 'finding', 'meaning'], rows, columns)}${rest > 0 ? `… and ${grouped(rest)} more\n` : ''}`
}

/** By address, not by the name that the log gives itself, which a node that hides something could change. */
function checkpointFile(url: string, terminal: Terminal): string {
  const name = createHash('sha256').update(url).digest('hex').slice(0, 16)
  return join(profileFolder(terminal), 'checkpoints', `${name}.json`)
}

function readNotes(file: string): string[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw cause
  }
  return (JSON.parse(text) as unknown[]).filter((it) => typeof it === 'string')
}
