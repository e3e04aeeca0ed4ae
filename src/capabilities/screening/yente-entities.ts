import { z } from 'zod'
import { engineOf, type Indexed } from '#capabilities/screening/engine'
import { nestedOf } from '#capabilities/screening/yente-nested'
import { describe } from '#capabilities/screening/yente-query'
import { access, NestedEntity, PlainEntity, Total } from '#capabilities/screening/yente-shapes'
import { type OperationRequest, operation } from '#http/operation'
import { found } from '#http/shapes'
import { RecordIdText } from '#protocol/record'
import { audited } from '#store/audited'
import type { RecordView } from '#store/reader'

/** Clients ask for ids of other services too: what cannot be an id of this node is not there. */
const EntityParams = z.object({ id: z.string().max(256) })

const PageOptions = z.object({
  limit: z.coerce.number().int().min(0).max(500).default(20),
  offset: z.coerce.number().int().min(0).max(500).default(0),
})
const AdjacentPage = z.object({
  results: z.array(PlainEntity),
  total: Total,
  limit: z.number(),
  offset: z.number(),
})

export const entity = operation({
  id: 'screening.entity',
  method: 'get',
  base: '',
  path: '/entities/{id}',
  summary: 'One entity with what it holds, for a client of yente',
  access,
  params: EntityParams,
  query: z.object({ nested: z.enum(['true', 'false', '1', '0']).default('true') }),
  reply: NestedEntity,
  handle: async (request) => {
    const { view, indexed, plain } = await readEntity(request)
    const isNested = request.query.nested === 'true' || request.query.nested === '1'
    const properties = isNested ? { ...plain.properties, ...nestedOf(view, indexed.dataset) } : plain.properties
    return request.commit({ audit: [audited('search', request.caller, { object: view })] }, { ...plain, properties })
  },
})

export const adjacent = operation({
  id: 'screening.adjacent',
  method: 'get',
  base: '',
  path: '/entities/{id}/adjacent',
  summary: 'What an entity holds, by property, for a client of yente',
  access,
  params: EntityParams,
  query: PageOptions,
  reply: z.object({ entity: PlainEntity, adjacent: z.record(z.string(), AdjacentPage) }),
  handle: async (request) => {
    const { view, indexed, plain } = await readEntity(request)
    const pages = Object.entries(nestedOf(view, indexed.dataset)).map(([property, all]) => [
      property,
      pageOf(all, request.query),
    ])
    const audit = [audited('search', request.caller, { object: view })]
    return request.commit({ audit }, { entity: plain, adjacent: Object.fromEntries(pages) })
  },
})

export const adjacentBy = operation({
  id: 'screening.adjacent-by',
  method: 'get',
  base: '',
  path: '/entities/{id}/adjacent/{property}',
  summary: 'What an entity holds under one property, for a client of yente',
  access,
  params: EntityParams.extend({ property: z.string().regex(/^[A-Za-z]{2,40}$/) }),
  query: PageOptions,
  reply: AdjacentPage,
  handle: async (request) => {
    const { view, indexed } = await readEntity(request)
    const nested = nestedOf(view, indexed.dataset)
    const all = Object.hasOwn(nested, request.params.property) ? nested[request.params.property]! : []
    return request.commit({ audit: [audited('search', request.caller, { object: view })] }, pageOf(all, request.query))
  },
})

interface Read {
  readonly view: RecordView
  readonly indexed: Indexed
  readonly plain: PlainEntity
}

type Asked = Pick<OperationRequest, 'reader' | 'services'> & { readonly params: z.infer<typeof EntityParams> }

/** What cannot be matched, or may not be known, is not there. */
async function readEntity({ params, reader, services }: Asked): Promise<Read> {
  const engine = engineOf(services)
  const id = found(RecordIdText.safeParse(params.id).data)
  const view = found(await reader.record(id, 'search'))
  const indexed = found(engine.find(view.id))
  const entity = found(engine.entityOf(view))
  return { view, indexed, plain: describe({ entity, indexed, view }) }
}

function pageOf(all: readonly PlainEntity[], { limit, offset }: z.infer<typeof PageOptions>) {
  const results = all.slice(offset, offset + limit)
  return { results, total: { value: all.length, relation: 'eq' as const }, limit, offset }
}
