import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { PdfInput, PdfLanguage } from '#capabilities/subjects/pdf'
import { renderPdf } from '#capabilities/subjects/pdf-document'
import { directionOf, piecesOf, printable } from '#capabilities/subjects/pdf-text'
import { wordsFor } from '#capabilities/subjects/pdf-words'
import { header, person, said } from '#capabilities/subjects/subject.fixture'

const now = new Date('2026-11-27T12:00:00.000Z')
const facts = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`s${at}`, said('alias', `Alias ${at}`)]))

function input(language: PdfLanguage, change: Partial<PdfInput> = {}): PdfInput {
  return {
    record: {
      id: `rec_${'1'.repeat(32)}`,
      version: 3,
      owner: 'fr',
      issuedAt: now.toISOString(),
      state: 'active',
      caption: 'Idris Paper-Exercise',
      hash: 'ab'.repeat(32),
      handling: header(now, { codes: [{ code: 'H2' }, { code: 'H3', text: 'Only for the desk of the case.' }] }),
      marks: {},
      body: person({ n: said('name', 'Idris Paper-Exercise'), ...facts }),
    },
    language,
    exercise: true,
    printed: {
      by: 'Duty officer',
      office: 'France (EXERCISE)',
      at: now.toISOString(),
      purpose: 'counter-terrorism',
      reference: 'EX-2026-1',
    },
    names: { fr: 'France (EXERCISE)' },
    ...change,
  }
}

/** The text of each page, glyph by glyph as the fonts inside say what they stand for, without spaces. */
async function pagesOf(asked: PdfInput): Promise<string[]> {
  const file = Buffer.from(await renderPdf(asked)).toString('latin1')
  const objects = new Map(
    [...file.matchAll(/(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj/gs)].map((it) => [it[1]!, it[2]!] as const),
  )
  const streamOf = (id: string) => {
    const [, body = ''] = /stream\r?\n(.*?)\r?\nendstream/s.exec(objects.get(id) ?? '') ?? []
    return inflateSync(Buffer.from(body, 'latin1')).toString('latin1')
  }
  const letters = new Map<string, Map<string, string>>()
  for (const [id, body] of objects) {
    const [, unicode] = /\/ToUnicode (\d+) 0 R/.exec(body) ?? []
    if (unicode === undefined) continue
    const table = new Map<string, string>()
    for (const [, from, list] of streamOf(unicode).matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[(.*?)\]/gs))
      for (const [at, [, hex]] of [...list!.matchAll(/<([^>]*)>/g)].entries()) {
        const units = hex!.replaceAll(/\s/g, '').match(/.{4}/g) ?? []
        const glyph = (Number.parseInt(from!, 16) + at).toString(16).padStart(4, '0')
        table.set(glyph, units.map((it) => String.fromCharCode(Number.parseInt(it, 16))).join(''))
      }
    expect(table.size).toBeGreaterThan(0)
    letters.set(id, table)
  }
  return [...objects.values()]
    .filter((it) => /\/Type \/Page\n/.test(it))
    .map((page) => {
      const content = streamOf(/\/Contents (\d+) 0 R/.exec(page)![1]!)
      const resources = objects.get(/\/Resources (\d+) 0 R/.exec(page)?.[1] ?? '') ?? page
      const fonts = new Map([...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map((it) => [it[1]!, it[2]!]))
      let font = ''
      let text = ''
      for (const it of content.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)>/g)) {
        if (it[1] !== undefined) font = fonts.get(it[1]) ?? ''
        else for (const glyph of it[2]!.match(/.{4}/g) ?? []) text += letters.get(font)?.get(glyph) ?? ''
      }
      return text.replaceAll(/\s/g, '')
    })
}

describe('the document of a subject', () => {
  it('has the name, and on every page the handling, the exercise, and who printed it for what', async () => {
    const pages = await pagesOf(input('en'))
    expect(pages.length).toBeGreaterThan(1)
    expect(pages[0]).toContain('IdrisPaper-Exercise')
    expect(pages.join('')).toContain('Alias59')
    for (const [at, page] of pages.entries()) {
      for (const text of [
        'TLP:AMBER',
        'H2·H3:Onlyforthedeskofthecase.',
        'Suspect,assessment',
        'EXERCISE',
        'PrintedbyDutyofficer,France(EXERCISE)',
        'Purpose:Counter-terrorism·Caseorfile:EX-2026-1',
        `${at + 1}/${pages.length}`,
      ])
        expect(page, `page ${at + 1}`).toContain(text)
    }
  }, 60_000)

  it('bears no exercise mark when it is none', async () => {
    const real = input('en', { exercise: false })
    const pages = await pagesOf({ ...real, printed: { ...real.printed, office: 'France' }, names: { fr: 'France' } })
    expect(pages.join('')).not.toMatch(/EXERCISE|invented/)
  }, 60_000)

  it.each(['fr', 'es', 'ar'] as const)(
    'is made in %s, with words for everything',
    async (language) => {
      const pages = await pagesOf(input(language))
      expect(pages.join('')).toContain('IdrisPaper-Exercise')
      expect(pages.join('')).not.toMatch(/subjects\.|web\./)
      if (language !== 'ar') expect(pages[0]).toContain(wordsFor(language)('web.facts.title').replaceAll(/\s/g, ''))
    },
    60_000,
  )

  it('sets Arabic in joined letters: one letter is drawn in other forms within a word than alone', async () => {
    const formsOf = async (value: string) => {
      const { record } = input('en')
      const file = Buffer.from(
        await renderPdf(
          input('en', { record: { ...record, caption: 'Idris', body: person({ n: said('name', value) }) } }),
        ),
      ).toString('latin1')
      // The glyphs of a font that is put into a file are counted by the widths that stand for them.
      const widths = [...file.matchAll(/\/W \[0 \[([^\]]*)\]/g)].map((it) => it[1]!.trim().split(/\s+/).length)
      return widths.reduce((sum, it) => sum + it, 0)
    }
    expect((await formsOf('ممم')) - (await formsOf('م'))).toBe(2)
  }, 60_000)
})

describe('printable', () => {
  it('shows as code points what no bundled font has, and what would turn the order of letters', () => {
    expect(printable('李 Yusuf يوسف Юсуф Ελ Nguyễn')).toBe('[U+674E] Yusuf يوسف Юсуф Ελ Nguyễn')
    expect(printable('evil \u202etxt.exe\u0007')).toBe('evil [U+202E]txt.exe[U+0007]')
  })
})

describe('directionOf', () => {
  it.each([
    ['يوسف 12', 'rtl'],
    ['12 يوسف', 'rtl'],
    ['Yusuf يوسف', 'ltr'],
    ['12-34', 'ltr'],
    ['', 'ltr'],
  ])('of %j is %s', (text, direction) => {
    expect(directionOf(text)).toBe(direction)
  })
})

describe('piecesOf', () => {
  it('parts only what fits into no line, and loses no letter', () => {
    expect(piecesOf('a name of usual length')).toBeUndefined()
    const long = `IBAN ${'7'.repeat(90)} end`
    expect(piecesOf(long)!.join('')).toBe(long)
    expect(Math.max(...piecesOf(long)!.map((it) => it.length))).toBeLessThanOrEqual(28)
  })
})
