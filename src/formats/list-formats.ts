import { readCsvMapping } from '#formats/csv-mapping'
import { readEuList } from '#formats/eu-xml'
import { fault } from '#formats/faults'
import { readFtmList } from '#formats/ftm-list'
import type { ListItem } from '#formats/list-entry'
import { readMappedCsv } from '#formats/mapped-csv'
import { readOfacAdvanced } from '#formats/ofac-advanced'
import { readOfacList } from '#formats/ofac-csv'
import { type Chunks, decodeChunks } from '#formats/text'
import { readUk } from '#formats/uk-list'
import { readUnList } from '#formats/un-xml'
import { readUsConsolidated } from '#formats/us-consolidated'

/** Opens a part of a list, or says that it was not handed in. */
export type OpenPart = (part: string) => Chunks | undefined

export interface ListFormat {
  /** Files that make up a list of this format, the one that must be there first. */
  readonly parts: readonly string[]
  readonly read: (open: OpenPart) => AsyncGenerator<ListItem>
}

function ofOne(part: string, read: (chunks: Chunks) => AsyncGenerator<ListItem>): ListFormat {
  return { parts: [part], read: (open) => read(open(part) ?? none()) }
}

/** Every format of list that is read, by its name in sources.json. */
export const listFormats = {
  'un-xml': ofOne('xml', readUnList),
  'ofac-csv': {
    parts: ['sdn', 'alt', 'add', 'comments'],
    read: (open) => {
      const [alt, add, comments] = ['alt', 'add', 'comments'].map(open)
      const side = {
        ...(alt === undefined ? {} : { alt }),
        ...(add === undefined ? {} : { add }),
        ...(comments === undefined ? {} : { comments }),
      }
      return readOfacList({ sdn: open('sdn') ?? none(), ...side }, { endMark: 'optional' })
    },
  },
  'ofac-advanced-xml': ofOne('xml', readOfacAdvanced),
  'us-consolidated-csv': ofOne('csv', readUsConsolidated),
  'eu-fsf-xml': ofOne('xml', readEuList),
  'uk-list': ofOne('list', readUk),
  ftm: ofOne('entities', readFtmList),
  csv: { parts: ['csv', 'mapping'], read: readWithMapping },
} as const satisfies Record<string, ListFormat>
export type ListFormatName = keyof typeof listFormats
export const listFormatNames = Object.keys(listFormats) as [ListFormatName, ...ListFormatName[]]

const mappingLimit = 262_144

async function* readWithMapping(open: OpenPart): AsyncGenerator<ListItem> {
  let text = ''
  for await (const piece of decodeChunks(open('mapping') ?? none())) {
    text += piece
    if (text.length > mappingLimit) throw fault('formats/too-large', 'The mapping is too long.')
  }
  yield* readMappedCsv(open('csv') ?? none(), readCsvMapping(text))
}

async function* none(): AsyncGenerator<string> {}
