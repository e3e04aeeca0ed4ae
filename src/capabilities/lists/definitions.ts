import { type ListSource, listSources, partsOf, sourceOf } from '#capabilities/lists/rules'
import type { ListFormatName } from '#formats/list-formats'
import type { RowWrite } from '#store/change'
import type { Migration } from '#store/migrate'
import type { Store } from '#store/store'

/** Lists that an operator of this node defined: a national list as CSV, another FollowTheMoney dataset. */

export const definitionMigration: Migration = {
  id: '003-definitions',
  sql: `create table list_definitions (
  id text primary key,
  title text not null,
  format text not null,
  instrument text not null,
  provision text not null,
  defined_at timestamptz not null,
  defined_by text
);`,
}

interface DefinitionRow {
  id: string
  title: string
  format: string
  instrument: string
  provision: string
  defined_at: Date
  defined_by: string | null
}

export async function readSources(store: Store): Promise<readonly ListSource[]> {
  const rows = await store.db
    .withTables<{ list_definitions: DefinitionRow }>()
    .selectFrom('list_definitions')
    .selectAll()
    .orderBy('id')
    .execute()
  const own = rows.map(({ id, title, format, instrument, provision }): ListSource => {
    const name = format as ListFormatName
    return { id, title, format: name, parts: partsOf(name), instrument, provision, own: true }
  })
  return [...listSources, ...own]
}

/** The list of this id. Throws `lists/unknown`. */
export async function findSource(store: Store, id: string): Promise<ListSource> {
  return listSources.find((it) => it.id === id) ?? sourceOf(id, await readSources(store))
}

export function insertDefinition(source: Omit<ListSource, 'parts'>, at: Date, by: string | null): RowWrite {
  const { id, title, format, instrument, provision } = source
  const values = { id, title, format, instrument, provision, defined_at: at, defined_by: by }
  return { op: 'insert', table: 'list_definitions', values }
}
