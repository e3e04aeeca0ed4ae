import { createReadStream, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Listing, listingOf } from '#capabilities/lists/record'
import { readOfacList } from '#formats/ofac-csv'
import { readUnList } from '#formats/un-xml'
import { inventPerson, type Person, pick, type Random, seeded } from './invented.ts'

/** Files of the two lists, by list and part, as the import takes them. */
export interface ListFiles {
  readonly real: boolean
  readonly parts: Readonly<Record<'un-sc' | 'us-ofac-sdn', Readonly<Record<string, string>>>>
}

const names = {
  'un-sc': { xml: 'UN_consolidated.xml' },
  'us-ofac-sdn': { sdn: 'sdn.csv', alt: 'alt.csv', add: 'add.csv', comments: 'sdn_comments.csv' },
} as const

/** The published lists in the folder that COMITY_DATA names, or else invented ones of the same form and size. */
export function findLists(folder: string): ListFiles {
  const published = join(resolve(process.env.COMITY_DATA ?? '../shared/data'), 'lists')
  const within = (place: string) => ({
    'un-sc': { xml: join(place, names['un-sc'].xml) },
    'us-ofac-sdn': Object.fromEntries(
      Object.entries(names['us-ofac-sdn']).map(([part, it]) => [part, join(place, it)]),
    ),
  })
  const parts = within(published)
  if (Object.values(parts).every((list) => Object.values(list).every((it) => existsSync(it))))
    return { real: true, parts }
  const place = join(folder, 'lists')
  mkdirSync(place, { recursive: true })
  inventLists(within(place))
  return { real: false, parts: within(place) }
}

export async function readListings({ parts }: ListFiles): Promise<Listing[]> {
  const open = (part: string) => createReadStream(parts['us-ofac-sdn'][part]!)
  const ofac = { sdn: open('sdn'), alt: open('alt'), add: open('add'), comments: open('comments') }
  const listings: Listing[] = []
  for await (const it of readUnList(createReadStream(parts['un-sc'].xml!)))
    if (it.kind === 'entry') listings.push(listingOf('un-sc', it.entry))
  for await (const it of readOfacList(ofac, { endMark: 'optional' }))
    if (it.kind === 'entry') listings.push(listingOf('us-ofac-sdn', it.entry))
  return listings
}

const unEntries = 1_000
const ofacEntries = 9_000

function inventLists(parts: ListFiles['parts']): void {
  const random = seeded(7)
  writeFileSync(parts['un-sc'].xml!, unXml(random))
  const ofac = ofacCsv(random)
  for (const [part, text] of Object.entries(ofac)) writeFileSync(parts['us-ofac-sdn'][part]!, text)
}

function unXml(random: Random): string {
  const individuals = Array.from({ length: unEntries }, (_, at) => {
    const { given, second, family, born, country } = inventPerson(random)
    const alias = inventPerson(random)
    return `<INDIVIDUAL><DATAID>${900_000 + at}</DATAID><FIRST_NAME>${given}</FIRST_NAME><SECOND_NAME>${second}</SECOND_NAME><THIRD_NAME>${family}</THIRD_NAME>
<UN_LIST_TYPE>EXERCISE</UN_LIST_TYPE><REFERENCE_NUMBER>EXi.${at}</REFERENCE_NUMBER><LISTED_ON>2020-01-01</LISTED_ON><COMMENTS1>EXERCISE: invented for a benchmark.</COMMENTS1>
<NATIONALITY><VALUE>${country.toUpperCase()}</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>${given} ${alias.family}</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Abu ${alias.given}</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>${born}</DATE></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST dateGenerated="2026-01-02T00:00:00.000Z"><INDIVIDUALS>\n${individuals.join('\n')}\n</INDIVIDUALS></CONSOLIDATED_LIST>\n`
}

const nothing = '-0- '
const endMark = '\u001A'

function ofacCsv(random: Random): Record<string, string> {
  const sdn: string[] = []
  const alt: string[] = []
  const add: string[] = []
  for (let at = 0; at < ofacEntries; at++) {
    const ref = 900_000 + at
    const person = inventPerson(random)
    sdn.push(at % 3 === 0 ? companyRow(ref, person) : personRow(ref, person))
    for (let alias = 0; alias < 2; alias++) {
      const other = inventPerson(random)
      alt.push(`${ref},${alt.length + 1},"aka","${person.family.toUpperCase()}, ${other.given}",${nothing}`)
    }
    add.push(
      `${ref},${at + 1},"${1 + (at % 90)} ${person.second} Road","${pick(random, ['Exercise Town', 'Invented City'])}","Kenya",${nothing}`,
    )
  }
  const file = (rows: string[]) => `${rows.map((it) => `${it}\r\n`).join('')}${endMark}\r\n`
  return { sdn: file(sdn), alt: file(alt), add: file(add), comments: file([]) }
}

function personRow(ref: number, { given, second, family, born, passport }: Person): string {
  const remarks = `DOB ${ofacDate(born)}; POB Exercise Town, Kenya; nationality Kenya; Gender Male; Passport ${passport} (Kenya); EXERCISE.`
  return `${ref},"${family.toUpperCase()}, ${given} ${second}","individual","EXERCISE",${nothing.repeat(7).replaceAll('- -', '- ,-')},"${remarks}"`
}

function companyRow(ref: number, { given, family, passport }: Person): string {
  const remarks = `Registration Number ${passport} (Kenya); EXERCISE.`
  return `${ref},"${given.toUpperCase()} ${family.toUpperCase()} TRADING",${nothing},"EXERCISE",${nothing.repeat(7).replaceAll('- -', '- ,-')},"${remarks}"`
}

function ofacDate(born: string): string {
  const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][
    Number(born.slice(5, 7)) - 1
  ]
  return `${born.slice(8)} ${month} ${born.slice(0, 4)}`
}
