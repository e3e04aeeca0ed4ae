import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkChoice, readFile, surveyFile } from '#capabilities/screening/batch-file'
import { ReadingChoice, type Survey } from '#capabilities/screening/batch-record'
import { recogniseColumn } from '#formats/person-columns'

const folder = mkdtempSync(join(tmpdir(), 'comity-batch-'))
afterAll(() => rmSync(folder, { recursive: true }))

let serial = 0
function file(content: string | Uint8Array): string {
  const path = join(folder, String(serial++))
  writeFileSync(path, content)
  return path
}

const guessed = (survey: Survey) =>
  ReadingChoice.parse({ columns: Object.fromEntries(survey.headers.map((it, at) => [it, survey.guesses[at] ?? null])) })

async function rowsOf(path: string) {
  const survey = await surveyFile(path)
  const rows = []
  for await (const row of readFile(path, survey, guessed(survey))) rows.push(row)
  return { survey, rows }
}

describe('a file that is handed in', () => {
  it.each([
    ['Full name;Date of birth;Nationality', ['name', 'birthDate', 'nationality']],
    ['Nom complet;Date de naissance;Nationalité', ['name', 'birthDate', 'nationality']],
    ['Nombre completo;Fecha de nacimiento;Nacionalidad', ['name', 'birthDate', 'nationality']],
    ['الاسم الكامل;تاريخ الميلاد;الجنسية', ['name', 'birthDate', 'nationality']],
  ])('has its columns guessed from %s', async (headers, meanings) => {
    const survey = await surveyFile(file(`${headers}\nExercise Person;1980-01-02;KE\n`))
    expect(survey).toMatchObject({ format: 'csv', rows: 1, guesses: meanings })
    expect(survey.headers.map(recogniseColumn)).toEqual(meanings)
  })

  it('keeps a bad row with its reason, and its neighbours', async () => {
    const { rows } = await rowsOf(
      file(`name,dob\nA Person,1980\n,1981\nB Person,1982,too,many\n${'x'.repeat(2_000)},1983\nC Person,sometime\n`),
    )
    expect(rows.map((it) => [it.line, it.rejected])).toEqual([
      [2, null],
      [3, 'formats/no-name'],
      [4, 'formats/wrong-columns'],
      [5, 'batches/too-long'],
      [6, null],
    ])
    expect(rows[4]!.doubts).toMatchObject([{ code: 'unread-date', value: 'sometime' }])
  })

  it('may have rows of a number alone, which finds its holder', async () => {
    const { rows } = await rowsOf(file('name,passport,dob\n,EX1234567,1971\n,,1971\nA Person,,\n'))
    expect(rows.map((it) => [it.rejected, it.name])).toEqual([
      [null, ''],
      ['formats/no-name', ''],
      [null, 'A Person'],
    ])
    expect(rows[0]!.properties).toEqual({ passportNumber: ['EX1234567'], birthDate: ['1971'] })
  })

  it.each(['IBAN,LEI', 'Code IBAN,Code LEI', 'Número IBAN,Código LEI', 'رقم الآيبان,معرف الكيان القانوني'])(
    'has accounts and legal entities by their numbers in columns %s',
    async (identifiers) => {
      const head = `name,passport,national id,imo,${identifiers},type`
      const numbers = 'GB82 WEST 1234 5698 7654 32,5493001KJTIIGC8Y1R12'
      const { survey, rows } = await rowsOf(
        file(
          `${head}\nExercise Trading,,,,${numbers},company\nA Person,P1234567,N99,,${numbers},person\nMV Exercise,,,9074729,${numbers},vessel\n`,
        ),
      )
      expect(survey.guesses).toEqual(['name', 'passportNumber', 'idNumber', 'imoNumber', 'iban', 'leiCode', 'schema'])
      expect(rows[0]).toMatchObject({
        properties: { iban: ['GB82 WEST 1234 5698 7654 32'], leiCode: ['5493001KJTIIGC8Y1R12'] },
        doubts: [],
      })
      expect(rows[1]).toMatchObject({
        properties: { passportNumber: ['P1234567'], idNumber: ['N99'], iban: ['GB82 WEST 1234 5698 7654 32'] },
      })
      expect(rows[2]).toMatchObject({
        properties: { imoNumber: ['9074729'] },
        doubts: [{ code: 'not-applicable', property: 'leiCode' }],
      })
    },
  )

  it('may be JSON lines of any members, with lines that are none', async () => {
    const { survey, rows } = await rowsOf(
      file('{"name":"A Person","dob":1980}\n{"name":"B\n[1]\n{"dob":"1990","name":["C","Person"],"more":{"a":1}}\n'),
    )
    expect(survey).toMatchObject({ format: 'objects', headers: ['name', 'dob', 'more'], rows: 4 })
    expect(rows.map((it) => [it.line, it.name, it.rejected])).toEqual([
      [1, 'A Person', null],
      [2, '', 'formats/wrong-json'],
      [3, '', 'formats/wrong-shape'],
      [4, 'C', null],
    ])
    expect(rows[3]!.properties.name).toEqual(['C', 'Person'])
  })

  it('may be FollowTheMoney entities, cut short at the end', async () => {
    const entity = { id: 'e1', schema: 'Person', properties: { name: ['A Person'], religion: ['x'] } }
    const { survey, rows } = await rowsOf(file(`${JSON.stringify(entity)}\n{"id":"e2","schema":"Address"`))
    expect(survey).toMatchObject({ format: 'entities', rows: 2 })
    expect(rows).toMatchObject([
      { name: 'A Person', properties: { name: ['A Person'] }, rejected: null },
      { rejected: 'formats/wrong-json' },
    ])
    expect(rows[0]!.properties).not.toHaveProperty('religion')
  })

  it('is read as windows-1252 when it is no UTF-8', async () => {
    const { survey, rows } = await rowsOf(file(Buffer.from('name\nRen\xe9 Exercice\n', 'latin1')))
    expect(survey.encoding).toBe('latin-1')
    expect(rows[0]!.name).toBe('René Exercice')
  })

  it.each([
    ['nothing', '', 'batches/empty'],
    ['headers alone', 'name,dob\n', 'batches/empty'],
    ['a workbook', Buffer.from('PK\x03\x04\x14\x00\x06\x00'), 'batches/unreadable'],
    ['a quote without an end', 'name\n"A Person\nB Person\n', 'formats/truncated'],
  ])('is refused when it is %s', async (_, content, code) => {
    await expect(surveyFile(file(content))).rejects.toMatchObject({ code })
  })

  it('needs a column for the name, and takes no member of every object for one', async () => {
    const survey = await surveyFile(file('constructor,toString,__proto__\na,b,c\n'))
    const fails = () => checkChoice(survey, ReadingChoice.parse({ columns: {} }))
    expect(fails).toThrowError(expect.objectContaining({ code: 'batches/no-name-column' }))
  })
})
