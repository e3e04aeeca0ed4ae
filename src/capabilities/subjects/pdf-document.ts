import { Document, Font, Page, renderToBuffer, StyleSheet, Text, View } from '@react-pdf/renderer'
import { createElement, type ReactElement, type ReactNode } from 'react'
import { captionOf } from '#capabilities/subjects/caption'
import type { PdfInput } from '#capabilities/subjects/pdf'
import { directionOf, families, fontFiles, piecesOf, printable } from '#capabilities/subjects/pdf-text'
import { type Says, wordsFor } from '#capabilities/subjects/pdf-words'
import type { Statement } from '#capabilities/subjects/record'

const style = StyleSheet.create({
  page: {
    fontFamily: families,
    fontSize: 9,
    lineHeight: 1.4,
    paddingTop: 84,
    paddingBottom: 76,
    paddingHorizontal: 40,
  },
  top: { position: 'absolute', top: 24, left: 40, right: 40, borderBottom: '0.5 solid #525a63', paddingBottom: 4 },
  bottom: { position: 'absolute', bottom: 24, left: 40, right: 40, borderTop: '0.5 solid #525a63', paddingTop: 4 },
  small: { fontSize: 7.5, color: '#3a4149' },
  tlp: { fontWeight: 600, backgroundColor: '#000', color: '#fff', paddingHorizontal: 4 },
  mark: {
    position: 'absolute',
    top: 330,
    left: 0,
    right: 0,
    transform: 'rotate(-35deg)',
    textAlign: 'center',
    fontSize: 84,
    color: '#e3d7a6',
  },
  // A4 is 842 points high. What is counted only when the pages are known is placed from above.
  number: { position: 'absolute', top: 820, left: 40, right: 40, textAlign: 'center' },
  title: { fontSize: 15, fontWeight: 600, lineHeight: 1.3, marginBottom: 4 },
  heading: { fontSize: 10.5, fontWeight: 600, marginTop: 12, marginBottom: 3 },
  row: { flexDirection: 'row', borderBottom: '0.5 solid #d5dae0', paddingVertical: 3 },
  name: { width: '26%', color: '#3a4149', paddingRight: 6 },
  value: { width: '46%', paddingRight: 6 },
  rest: { width: '28%', fontSize: 7.5, color: '#3a4149' },
  line: { flexDirection: 'row', justifyContent: 'space-between' },
  pieces: { flexDirection: 'row', flexWrap: 'wrap' },
})

type TextStyle = Readonly<Record<string, string | number>>

/** Letters of the small size in one line of the page, and what one line takes. */
const lettersPerLine = 105
const pointsPerLine = 10.5
/** A value from which on a row may be parted by the end of a page. */
const longValue = 600

let fontsReady = false

/** A record as a document of pages in A4, with its handling, and who printed it and why, on every one of them. */
export async function renderPdf(input: PdfInput): Promise<Uint8Array> {
  if (!fontsReady) for (const { family, src, weight } of fontFiles()) Font.register({ family, src, fontWeight: weight })
  fontsReady = true
  Font.registerHyphenationCallback((word) => [word])
  return renderToBuffer(documentOf(input) as ReactElement<never>)
}

interface Setting {
  readonly say: Says
  /** The day of an instant, UTC, in the words of the language: figures with hyphens would be turned round in Arabic. */
  readonly day: (at: string) => string
  readonly right: boolean
}

function documentOf(input: PdfInput): ReactElement {
  const { record, language, exercise } = input
  const say = wordsFor(language)
  const days = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { dateStyle: 'long', timeZone: 'UTC' })
  const setting: Setting = { say, day: (at) => days.format(new Date(at)), right: language === 'ar' }
  const law = lawOf(input, setting)
  const paddingTop = 52 + Math.ceil(law.length / lettersPerLine) * pointsPerLine
  const { body } = record
  return createElement(
    Document,
    { title: record.caption, author: input.printed.office, subject: record.id, creator: 'Comity', language },
    createElement(
      Page,
      { size: 'A4', style: [style.page, { paddingTop }] },
      exercise && createElement(Text, { fixed: true, style: style.mark }, say('web.exercise')),
      top(input, law, setting),
      bottom(input, setting),
      createElement(Text, {
        fixed: true,
        style: [style.small, style.number],
        render: ({ pageNumber, totalPages }) => `${pageNumber} / ${totalPages}`,
      }),
      words(record.caption, setting, style.title),
      words(
        [
          say(`subjects.schemata.${body.schema}`),
          input.names[record.owner] ?? record.owner,
          say('web.record.version', { version: record.version }),
          say(`web.record.states.${record.state}`),
          setting.day(record.issuedAt),
        ].join(' · '),
        setting,
      ),
      words(`${say('subjects.asked')}: ${say(`subjects.actions.${body.action}`)}`, setting),
      facts(say('web.facts.title'), body.statements, setting),
      ...Object.values(body.holds).map((it) => facts(say(`subjects.schemata.${it.schema}`), it.statements, setting)),
      ...Object.values(body.relations).map(({ schema, other, statements, reversed }) => {
        const name = 'record' in other ? (input.names[other.record] ?? other.record) : captionOf(other)
        const about = 'record' in other ? statements : { ...prefixed('o', other.statements), ...statements }
        const heading = `${say(`subjects.schemata.${schema}`)}: ${name}${reversed ? ` (${say('subjects.form.reversed')})` : ''}`
        return facts(heading, about, setting)
      }),
      words(`${say('subjects.history.hash')} ${record.hash}`, setting, { ...style.small, marginTop: 12 }),
    ),
  )
}

function prefixed(prefix: string, statements: Readonly<Record<string, Statement>>): Record<string, Statement> {
  return Object.fromEntries(Object.entries(statements).map(([key, it]) => [`${prefix}.${key}`, it]))
}

/** The handling header, whole, on every page: a page that is torn off keeps its law. */
function lawOf({ record }: PdfInput, { say, day }: Setting): string {
  const { codes, purposes, onward, grading, category, nature, basis, reviewAt, expiresAt } = record.handling
  return [
    ...codes.map((it) => (it.code === 'H3' ? `H3: ${it.text}` : it.code)),
    `${say('web.handling.purposes')}: ${purposes.map((it) => say(`web.purposes.${it}`)).join(', ')}`,
    `${say('web.handling.onward')}: ${say(`web.handling.onwards.${onward}`)}`,
    `${say(`web.categories.${category}`)}, ${say(`web.handling.nature.${nature}`)}`,
    `${say('web.handling.grading')}: ${grading.source}${grading.information}`,
    `${say('web.handling.basis')}: ${basis.instrument}, ${basis.provision}`,
    `${say('web.handling.review')}: ${day(reviewAt)}`,
    say('web.handling.expires', { date: day(expiresAt) }),
  ].join(' · ')
}

function top({ record, exercise }: PdfInput, law: string, setting: Setting): ReactElement {
  const { say, right } = setting
  return createElement(
    View,
    { fixed: true, style: style.top },
    createElement(
      View,
      { style: [style.line, ...(right ? [{ flexDirection: 'row-reverse' as const }] : [])] },
      createElement(Text, { style: style.tlp }, `TLP:${record.handling.tlp}`),
      exercise && createElement(Text, { style: { fontWeight: 600 } }, say('web.exercise')),
      createElement(Text, { style: style.small }, record.id),
    ),
    words(law, setting, { ...style.small, direction: right ? 'rtl' : 'ltr' }),
  )
}

function bottom({ printed, exercise }: PdfInput, setting: Setting): ReactElement {
  const { say, day, right } = setting
  const who = say('subjects.pdf.printed', {
    who: printed.by,
    office: printed.office,
    at: `${day(printed.at)}, ${printed.at.slice(11, 16)} UTC`,
  })
  const why = `${say('web.work.purpose')}: ${say(`web.purposes.${printed.purpose}`)} · ${say('web.work.reference')}: ${printed.reference}`
  const small = { ...style.small, direction: right ? 'rtl' : 'ltr' }
  return createElement(
    View,
    { fixed: true, style: style.bottom },
    words(who, setting, small),
    words(why, setting, small),
    exercise && words(say('web.exerciseText'), setting, small),
  )
}

function facts(heading: string, statements: Readonly<Record<string, Statement>>, setting: Setting): ReactElement {
  const [first, ...rest] = Object.values(statements)
  return createElement(
    View,
    { key: `${heading} ${Object.keys(statements).join()}` },
    // A heading is never alone at the end of a page.
    createElement(
      View,
      { wrap: (first?.value.length ?? 0) > longValue },
      words(heading, setting, style.heading),
      first && row('first', first, setting),
    ),
    ...rest.map((it, at) => row(String(at), it, setting)),
  )
}

function row(key: string, it: Statement, setting: Setting): ReactElement {
  const { say, right } = setting
  const rest = [
    it.grading && `${it.grading.source}${it.grading.information}`,
    it.category && say(`web.categories.${it.category}`),
    it.nature && say(`web.handling.nature.${it.nature}`),
    it.lang,
    it.basis && `${it.basis.instrument}, ${it.basis.provision}`,
    it.source,
  ].filter((one) => one !== undefined)
  return createElement(
    View,
    {
      key,
      wrap: it.value.length > longValue,
      style: [style.row, ...(right ? [{ flexDirection: 'row-reverse' as const }] : [])],
    },
    createElement(View, { style: style.name }, words(say(`web.properties.${it.property}`), setting)),
    createElement(View, { style: style.value }, words(it.value, setting)),
    createElement(View, { style: style.rest }, words(rest.join(' · '), setting, style.small)),
  )
}

/** A text in its own direction, at the side where the language of the document begins. */
function words(text: string, { right }: Setting, more: TextStyle = {}): ReactNode {
  const shown = printable(text)
  const pieces = piecesOf(shown)
  if (pieces !== undefined)
    return createElement(
      View,
      { style: style.pieces },
      ...pieces.map((it, at) => createElement(Text, { key: at, style: more }, it)),
    )
  return createElement(
    Text,
    { style: { direction: directionOf(shown), textAlign: right ? 'right' : 'left', ...more } },
    shown,
  )
}
