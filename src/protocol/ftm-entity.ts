import { z } from 'zod'
import { type SchemaName, schemata } from '#protocol/vocabulary'

/** A FollowTheMoney entity as other software reads it: multi-valued text properties, nothing else. */
export const FtmEntity = z.object({
  id: z.string().max(256),
  schema: z.enum(Object.keys(schemata) as [SchemaName, ...SchemaName[]]),
  caption: z.string().max(1_024).optional(),
  properties: z.record(z.string().max(64), z.array(z.string().max(4_096)).max(2_000)),
})
export type FtmEntity = z.infer<typeof FtmEntity>
