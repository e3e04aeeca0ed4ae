import MiniSearch from 'minisearch'
import { Client } from 'pg'
import { type MatchEntity, namesOf } from '#matching/entity'
import { startPostgres } from '#store/bundled-postgres'
import { scanNames } from '../jaro-winkler.ts'
import type { Found, Search } from './quality.ts'

/** What screening products and offices start from, over the same names, to measure beside. */
export interface OtherSearch {
  readonly name: string
  readonly search: Search
  readonly close: () => Promise<void>
}

const limit = 10

function plain(name: string): string {
  return name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

function queryName(query: MatchEntity): string {
  return plain(query.properties.name![0]!)
}

/** Jaro-Winkler against every name. */
export function openScan(entities: readonly MatchEntity[]): OtherSearch {
  const owners: string[] = []
  const names: string[] = []
  for (const entity of entities) {
    for (const { text } of namesOf(entity)) {
      owners.push(entity.id)
      names.push(plain(text))
    }
  }
  const places = new Map(names.map((name, at) => [name, at]))
  return {
    name: 'a Jaro-Winkler scan',
    search: (query) =>
      scanNames(queryName(query), names, limit).map(({ name, score }) => ({ id: owners[places.get(name)!]!, score })),
    close: async () => {},
  }
}

/** minisearch with prefixes and fuzziness as its documentation has them. */
export function openMiniSearch(entities: readonly MatchEntity[]): OtherSearch {
  const index = new MiniSearch({ fields: ['names'], searchOptions: { prefix: true, fuzzy: 0.2 } })
  index.addAll(
    entities.map((it) => ({
      id: it.id,
      names: namesOf(it)
        .map(({ text }) => plain(text))
        .join(' '),
    })),
  )
  return {
    name: 'minisearch',
    search: (query) =>
      index
        .search(queryName(query))
        .slice(0, limit)
        .map(({ id, score }): Found => ({ id: id as string, score })),
    close: async () => {},
  }
}

/** Trigrams in PostgreSQL, with a GIN index, on a server of its own in `folder`. */
export async function openTrigrams(entities: readonly MatchEntity[], folder: string): Promise<OtherSearch> {
  const server = await startPostgres({ directory: `${folder}/trigrams` })
  const client = new Client(server.url('postgres'))
  await client.connect()
  await client.query('create extension pg_trgm')
  await client.query('create table names (id text, name text)')
  const rows = entities.flatMap((it) => namesOf(it).map(({ text }) => [it.id, plain(text)] as const))
  await client.query('insert into names select * from unnest($1::text[], $2::text[])', [
    rows.map(([id]) => id),
    rows.map(([, name]) => name),
  ])
  await client.query('create index on names using gin (name gin_trgm_ops)')
  await client.query('analyze names')
  return {
    name: 'pg_trgm',
    search: async (query) => {
      const { rows: found } = await client.query<Found>({
        name: 'find',
        text: 'select id, similarity(name, $1)::float8 as score from names where name % $1 order by score desc limit 10',
        values: [queryName(query)],
      })
      return found
    },
    close: async () => {
      await client.end()
      await server.stop()
    },
  }
}
