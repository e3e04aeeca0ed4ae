import { z } from 'zod'
import { answers, detailOf, entityIdOf, type PublicQuery, summaryOf } from '#capabilities/notices/public-extract'
import { readOnePublished, readPublished } from '#capabilities/notices/public-store'
import type { NoticeType } from '#capabilities/notices/record'
import { operation } from '#http/operation'
import type { Services } from '#http/services'
import { found } from '#http/shapes'

/** For anybody, in the shape of INTERPOL's public notices API, so that what reads that one reads this (law.md 1.7). */

const base = ''
const access = { roles: 'anyone', scope: 'read' } as const
const age = z.coerce.number().int().min(0).max(150).optional()
const text = z.string().max(200).optional()
const Query = z.object({
  forename: text,
  name: text,
  nationality: z.string().length(2).optional(),
  ageMin: age,
  ageMax: age,
  sexId: z.enum(['M', 'F', 'U']).optional(),
  freeText: text,
  arrestWarrantCountryId: z.string().length(2).optional(),
  unReference: text,
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  resultPerPage: z.coerce.number().int().min(1).max(160).default(20),
})
const Link = z.object({ href: z.string() })
const Summary = z.object({
  forename: z.string().nullable(),
  name: z.string().nullable(),
  date_of_birth: z.string().nullable(),
  entity_id: z.string(),
  nationalities: z.array(z.string()),
  status: z.string(),
  version: z.number(),
  _links: z.object({ self: Link }),
})
const List = z.object({
  total: z.number(),
  query: z.record(z.string(), z.union([z.string(), z.number()])),
  _embedded: z.object({ notices: z.array(Summary) }),
  _links: z.object({ self: Link, first: Link, next: Link.optional(), last: Link }),
})

function listOf(type: NoticeType, path: `/${string}`) {
  return operation({
    id: `notices.public-${type}`,
    method: 'get',
    base,
    path,
    summary: `Public extracts of ${type} notices in force, with the consent of their owners, for anybody`,
    access,
    query: Query,
    reply: List,
    handle: async ({ query: { page, resultPerPage, ...query }, services }) => {
      const all = (await readPublished(type, services)).filter((it) => answers(it, query as PublicQuery, now(services)))
      const last = Math.max(1, Math.ceil(all.length / resultPerPage))
      const asked = Object.fromEntries(
        Object.entries({ ...query, page, resultPerPage }).filter(([, value]) => value !== undefined),
      ) as Record<string, string | number>
      const href = (to: number) => {
        const texts = Object.entries({ ...asked, page: to }).map(([key, value]): [string, string] => [
          key,
          String(value),
        ])
        return { href: `${path}?${new URLSearchParams(texts)}` }
      }
      const shown = all.slice((page - 1) * resultPerPage, page * resultPerPage)
      return {
        total: all.length,
        query: asked,
        _embedded: { notices: shown.map((it) => summaryOf(it, path)) },
        _links: {
          self: href(page),
          first: href(1),
          ...(page < last ? { next: href(page + 1) } : {}),
          last: href(last),
        },
      }
    },
  })
}

function oneOf(type: NoticeType, path: `/${string}`) {
  return operation({
    id: `notices.public-${type}-one`,
    method: 'get',
    base,
    path: `${path}/{entity}`,
    summary: `The public extract of a ${type} notice in force`,
    access,
    params: z.object({ entity: z.string().regex(/^\d{4}-[0-9a-f]{12}$/) }),
    reply: z.looseObject(Summary.shape),
    handle: async ({ params, services }) => {
      const published = found(await readOnePublished(type, params.entity, services))
      return { ...detailOf(published, path), entity_id: entityIdOf(published) }
    },
  })
}

const now = ({ store }: Services): Date => store.clock.now()

export const redList = listOf('red', '/public/notices/v1/red')
export const red = oneOf('red', '/public/notices/v1/red')
export const yellowList = listOf('yellow', '/public/notices/v1/yellow')
export const yellow = oneOf('yellow', '/public/notices/v1/yellow')
export const councilList = listOf('unsc-special', '/public/notices/v1/un')
export const council = oneOf('unsc-special', '/public/notices/v1/un')
