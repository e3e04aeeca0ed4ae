import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '#cli/operations.fixture'
import { requestOf } from '#cli/request'
import { shorthandOf } from '#cli/shorthands'
import { temporaryFolder, testTerminal } from '#cli/terminal.fixture'
import { inputOnce } from '#cli/values'

function request(words: string, given: Record<string, string[]>, input = '') {
  const command = commands.find((it) => it.words === words)!
  return requestOf(command, new Map(Object.entries(given)), {
    shorthand: shorthandOf(command.operation),
    readInput: inputOnce(testTerminal({ input })),
  })
}

const needed = { place: ['paris'], name: ['x'], to: ['ke'] }

describe('requestOf', () => {
  it('fills path and query', async () => {
    expect(await request('things show', { id: ['thg_1/../2'] })).toMatchObject({
      path: '/api/v1/things/thg_1%2F..%2F2',
    })
    const { path, method } = await request('things list', { limit: ['7'], state: ['open'] })
    expect({ path, method }).toEqual({ path: '/api/v1/things?limit=7&state=open', method: 'GET' })
  })

  it('reads numbers, switches, dates and lists', async () => {
    const { body } = await request('things make', {
      ...needed,
      days: ['3'],
      share: ['0.5'],
      secret: ['false'],
      until: ['2027-01-31'],
      kinds: ['a,b', 'c'],
    })
    expect(body).toEqual({
      name: 'x',
      to: ['ke'],
      days: 3,
      share: 0.5,
      secret: false,
      until: '2027-01-31T00:00:00.000Z',
      kinds: ['a', 'b', 'c'],
    })
  })

  it('splits at commas only where a value cannot hold one', async () => {
    const { body } = await request('things make', { ...needed, to: ['ke,fr', 'id'], notes: ['one, two'] })
    expect(body).toMatchObject({ to: ['ke', 'fr', 'id'], notes: ['one, two'] })
  })

  it('takes nested members as JSON, as a file, as @file and from standard input', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'handling.json')
    writeFileSync(file, '{"tlp":"RED"}')
    for (const [text, input] of [
      ['{"tlp":"RED"}', ''],
      [file, ''],
      [`@${file}`, ''],
      ['-', '{"tlp":"RED"}'],
    ] as const) {
      const { body } = await request('things make', { ...needed, handling: [text] }, input)
      expect(body).toMatchObject({ handling: { tlp: 'RED' } })
    }
  })

  it('lets a union be a bare text or an object', async () => {
    expect((await request('things make', { ...needed, who: ['all'] })).body).toMatchObject({ who: 'all' })
    expect((await request('things make', { ...needed, who: ['{"member":"ke"}'] })).body).toMatchObject({
      who: { member: 'ke' },
    })
  })

  it('reads a long text from standard input, and keeps a short one that is a hyphen', async () => {
    expect((await request('things make', { ...needed, text: ['-'] }, 'long\ntext\n')).body).toMatchObject({
      text: 'long\ntext',
    })
    expect((await request('things make', { ...needed, name: ['-'] })).body).toMatchObject({ name: '-' })
  })

  it('puts members over a whole body', async () => {
    const { body } = await request('things make', {
      place: ['p'],
      data: ['{"name":"x","to":["ke"],"days":1}'],
      days: ['9'],
    })
    expect(body).toEqual({ name: 'x', to: ['ke'], days: 9 })
    expect((await request('things take', { body: ['-'] }, '["a"]')).body).toEqual(['a'])
  })

  it.each([
    [{ place: ['p'], name: ['x'] }, '--to is missing. See: comity things make --help'],
    [{ ...needed, days: ['many'] }, '--days takes a whole number. Not: many'],
    [{ ...needed, kinds: ['d'] }, '--kinds takes one of: a, b, c. Not: d'],
    [{ ...needed, until: ['tomorrow'] }, '--until takes a date or an instant'],
    [{ ...needed, handling: ['nowhere.json'] }, 'There is no file nowhere.json'],
    [{ ...needed, handling: ['{'] }, '--handling: the text is not JSON.'],
    [{ ...needed, handling: ['-'], text: ['-'] }, 'Standard input (-) can be given to one flag only.'],
    [{ ...needed, data: ['{}'], body: ['{}'] }, 'Give one of --data and --body.'],
    [{ ...needed, data: ['[]'] }, '--data holds no JSON object.'],
    [{ to: ['ke'], name: ['x'] }, '<place> is missing.'],
  ])('refuses %j', async (given, message) => {
    await expect(request('things make', given as Record<string, string[]>)).rejects.toMatchObject({
      code: 'cli/usage',
      message: expect.stringContaining(message),
    })
  })

  it('sends purpose and reference as headers, letters that no header holds in the form of RFC 8187', async () => {
    const { headers } = await request('things list', { purpose: ['oversight'], reference: ['Affaire é 7'] })
    expect(headers).toEqual({ 'comity-purpose': 'oversight', 'comity-reference': 'Affaire é 7' })
    const other = await request('things list', { reference: ['ملف 7'] })
    expect(other.headers['comity-reference']).toBe(`UTF-8''${encodeURIComponent('ملف 7')}`)
  })
})

describe('shorthands', () => {
  it('name an audience in one line', async () => {
    const { body } = await request('share', {
      id: ['rec_1'],
      with: ['ke,horizon-bank'],
      group: ['east-africa'],
      sector: ['state'],
      only: ['/body/relations/r1=ke,fr'],
    })
    expect(body).toEqual({
      with: { members: ['ke', 'horizon-bank'], groups: ['east-africa'], sectors: ['state'] },
      marks: { '/body/relations/r1': { audience: { members: ['ke', 'fr'] } } },
    })
  })

  it('say which flags would do when none was given', async () => {
    await expect(request('share', { id: ['rec_1'] })).rejects.toThrow('--with, --group, --sector, --only is missing.')
  })
})
