import { z } from 'zod'
import { fullPath, type Operation } from '#http/operation'

type Schema = Record<string, unknown>

/** The OpenAPI 3.1 description of a node, from the same schemas that check its requests. */
export function describeApi(
  operations: readonly Operation[],
  { title, description, version, cookie }: { title: string; description: string; version: string; cookie: string },
): Schema {
  const paths: Record<string, Record<string, Schema>> = {}
  for (const it of operations) {
    const path = fullPath(it)
    paths[path] = { ...paths[path], [it.method]: describeOperation(it) }
  }
  return {
    openapi: '3.1.0',
    info: { title, version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { session: [] }],
    tags: [...new Set(operations.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token made with `comity tokens create`.' },
        session: { type: 'apiKey', in: 'cookie', name: cookie },
      },
      schemas: { Problem: problem },
    },
  }
}

const problem: Schema = {
  type: 'object',
  description: 'Problem details, RFC 9457.',
  required: ['type', 'title', 'status', 'code', 'correlation'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    rule: { type: 'string' },
    details: { type: 'object' },
    correlation: { type: 'string' },
  },
}

function tagOf({ id }: Operation): string {
  return id.slice(0, id.indexOf('.'))
}

function describeOperation(it: Operation): Schema {
  const roles = typeof it.access.roles === 'string' ? it.access.roles : it.access.roles.join(', ')
  return {
    operationId: it.id,
    tags: [tagOf(it)],
    summary: it.summary,
    description: `For: ${roles}. Token scope: ${it.access.scope}.${it.access.purpose ? ' Needs a purpose and a reference.' : ''}`,
    ...(it.access.roles === 'anyone' ? { security: [] } : {}),
    parameters: [...parametersOf(it.params, 'path'), ...parametersOf(it.query, 'query'), ...headersOf(it)],
    ...(it.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: schemaOf(it.body, 'input', `${pointerTo(it)}/requestBody/content/application~1json/schema`),
              },
            },
          },
        }),
    ...(it.upload ? { requestBody: { required: true, content: { 'application/octet-stream': {} } } } : {}),
    responses: {
      [it.status ?? 200]: {
        description: 'Done.',
        content: {
          'application/json': {
            schema: schemaOf(
              it.reply,
              'output',
              `${pointerTo(it)}/responses/${it.status ?? 200}/content/application~1json/schema`,
            ),
          },
        },
      },
      default: {
        description: 'A problem.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query'): Schema[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input', '') as {
    properties?: Record<string, Schema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, inner]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(typeof inner.description === 'string' ? { description: inner.description } : {}),
    schema: inner,
  }))
}

function headersOf({ method, access, reads }: Operation): Schema[] {
  const text = { type: 'string' }
  return [
    ...(access.purpose
      ? [
          { name: 'comity-purpose', in: 'header', required: true, schema: text },
          { name: 'comity-reference', in: 'header', required: true, schema: text },
        ]
      : []),
    ...(method === 'get' || reads ? [] : [{ name: 'idempotency-key', in: 'header', required: false, schema: text }]),
  ]
}

/** Shared parts of a schema are named from where they stand, because a reference counts from the root of the whole document. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', place: string): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema
  return JSON.parse(JSON.stringify(rest).replaceAll('"#/$defs/', `"#${place}/$defs/`)) as Schema
}

/** The JSON Pointer of an operation in the document (RFC 6901). */
function pointerTo(it: Operation): string {
  return `/paths/${fullPath(it).replaceAll('~', '~0').replaceAll('/', '~1')}/${it.method}`
}
