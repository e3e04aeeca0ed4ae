import { createReadStream } from 'node:fs'
import type { FileRow } from '#capabilities/screening/batch-file'
import type { ReadingChoice, Survey } from '#capabilities/screening/batch-record'
import type { Row } from '#cli/commands/screen-ask'
import { foldHeader } from '#formats/person-columns'
import type { PersonCsvOptions } from '#formats/person-csv'

/** Whether a file holds JSON lines: the first letter of an object is none of a header row. */
export async function holdsObjects(file: string): Promise<boolean> {
  for await (const chunk of createReadStream(file, { end: 1_023 }))
    return new TextDecoder()
      .decode(chunk as Uint8Array)
      .replace(/^\uFEFF/, '')
      .trimStart()
      .startsWith('{')
  return false
}

export interface ObjectLines {
  readonly survey: Survey
  /** The meaning of each member, by its name. */
  readonly columns: ReadingChoice['columns']
  readonly rows: () => AsyncGenerator<Row>
}

/** JSON lines, of any members or of FollowTheMoney entities, read as a node reads them when they are handed in to it. */
export async function openObjectLines(file: string, reading: PersonCsvOptions): Promise<ObjectLines> {
  const { checkChoice, readFile, surveyFile } = await import('#capabilities/screening/batch-file')
  const { sayIn } = await import('#capabilities/screening/say')
  const survey = await surveyFile(file)
  const settled = new Map(Object.entries(reading.columns ?? {}).map(([header, it]) => [foldHeader(header), it]))
  const meaningOf = (header: string, guess: string | null) => {
    const given = settled.get(foldHeader(header))
    return given === undefined ? guess : given
  }
  const columns = Object.fromEntries(survey.headers.map((it, at) => [it, meaningOf(it, survey.guesses[at] ?? null)]))
  const choice: ReadingChoice = {
    columns,
    schema: (reading.schema ?? 'Person') as ReadingChoice['schema'],
    dateOrder: reading.dateOrder ?? null,
  }
  checkChoice(survey, choice)
  const say = sayIn('en')
  return {
    survey,
    columns,
    async *rows() {
      for await (const it of readFile(file, survey, choice)) yield rowOf(it, say)
    },
  }
}

type Say = (key: string, values?: Readonly<Record<string, string>>) => string

function rowOf({ line, reference, schema, properties, doubts, rejected }: FileRow, say: Say): Row {
  if (rejected !== null || schema === null) {
    const code = rejected ?? 'formats/wrong-shape'
    const reason = say(`screening.rejections.${code.replace('/', '-')}`)
    return { kind: 'rejected', where: `line ${line}`, code: code as never, reason }
  }
  const warnings = doubts.map((it) => say(`screening.doubts.${it.code}`, { value: it.value }))
  return { kind: 'query', line, reference, schema, properties, warnings, doubts }
}
