import { createReadStream, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createGunzip } from 'node:zlib'
import { flattenListing, type Listing, listingOf } from '#capabilities/lists/record'
import type { ListItem } from '#formats/list-entry'
import { readUnList } from '#formats/un-xml'
import { readUsConsolidated } from '#formats/us-consolidated'
import type { MatchEntity } from '#matching/entity'
import { findLists, readListings } from '../list-files.ts'

export interface Listed {
  readonly entities: readonly MatchEntity[]
  /** What they are, for the person who reads a figure. */
  readonly what: string
  /** Whether they are the published ones. */
  readonly isReal: boolean
}

/** Where the published lists are, below the folder that COMITY_DATA names. */
export function listedFiles(): { readonly un: string; readonly us: string; readonly isReal: boolean } {
  const published = join(resolve(process.env.COMITY_DATA ?? '../shared/data'), 'lists')
  const [un, us] = [join(published, 'UN_consolidated.xml'), join(published, 'us_csl_consolidated.csv.gz')]
  return { un, us, isReal: existsSync(un) && existsSync(us) }
}

/** The UN list and the consolidated list of the United States where they are at hand, or invented lists. */
export async function readListed(folder: string): Promise<Listed> {
  const { un, us, isReal } = listedFiles()
  const listings: Listing[] = []
  const take = async (list: string, items: AsyncIterable<ListItem>) => {
    for await (const it of items) if (it.kind === 'entry') listings.push(listingOf(list, it.entry))
  }
  if (isReal) {
    await take('un-sc', readUnList(createReadStream(un)))
    await take('us-consolidated', readUsConsolidated(createReadStream(us).pipe(createGunzip())))
  } else listings.push(...(await readListings(findLists(folder))))
  const entities = listings.map((it): MatchEntity => flattenListing(it, `${it.list}-${it.ref}`))
  return { entities, what: `${isReal ? 'the published' : 'invented'} lists, ${entities.length} entries`, isReal }
}
