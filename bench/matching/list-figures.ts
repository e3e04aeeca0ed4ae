import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { readTable } from '#formats/csv-table'
import { type MatchEntity, namesOf } from '#matching/entity'
import { listedFiles } from './listed.ts'

/** Which list, how large, of when. */
export interface ListFigures {
  readonly name: string
  readonly entities: number
  readonly people: number
  readonly names: number
  readonly dated: string
  readonly sha256: string
}

export async function listFigures(entities: readonly MatchEntity[]): Promise<readonly ListFigures[]> {
  const { un, us } = listedFiles()
  const unText = readFileSync(un)
  const generated = /dateGenerated="([\d-]{10})/.exec(unText.toString('utf8', 0, 2_000))?.[1]
  const starts: string[] = []
  const rows = readTable(createReadStream(us).pipe(createGunzip()), {
    needs: ['start_date'],
    notThis: 'formats/not-us-list',
  })
  for await (const row of rows) if (row.kind === 'row') starts.push(row.cell('start_date'))
  return [
    figuresOf('UN Security Council, consolidated', 'un-sc-', {
      entities,
      dated: `generated ${generated ?? 'on an unknown day'}`,
      bytes: unText,
    }),
    figuresOf('US Consolidated Screening List', 'us-consolidated-', {
      entities,
      dated: `undated; the latest listing that states its day is of ${starts.sort().at(-1)}`,
      bytes: readFileSync(us),
    }),
  ]
}

interface Source {
  readonly entities: readonly MatchEntity[]
  readonly dated: string
  readonly bytes: Uint8Array
}

function figuresOf(name: string, prefix: string, { entities, dated, bytes }: Source): ListFigures {
  const own = entities.filter(({ id }) => id.startsWith(prefix))
  return {
    name,
    entities: own.length,
    people: own.filter(({ schema }) => schema === 'Person').length,
    names: own.reduce((sum, it) => sum + namesOf(it).length, 0),
    dated,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}
