import { z } from 'zod'
import { RecordIdText, SignedRecord } from '#protocol/record'

/** What an envelope can carry, as it stands inside the signed text. */
export const WireContent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('record'), record: SignedRecord, grant: SignedRecord.optional() }),
  z.strictObject({
    kind: z.literal('recall'),
    id: RecordIdText,
    state: z.enum(['withdrawn', 'suspended', 'active']),
    reason: z.string().max(1_000),
  }),
  z.strictObject({ kind: z.literal('read'), id: RecordIdText, version: z.number().int().min(1) }),
  z.strictObject({
    kind: z.literal('onward'),
    id: RecordIdText,
    version: z.number().int().min(1),
    to: z.string().max(32),
  }),
  z.strictObject({
    kind: z.literal('checkpoint'),
    note: z.string().max(8_192),
    oldSize: z.number().int().min(0),
    proof: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(64),
  }),
  z.strictObject({ kind: z.literal('cosignature'), note: z.string().max(8_192) }),
])
export type WireContent = z.infer<typeof WireContent>
export const contentKinds: ReadonlySet<string> = new Set(WireContent.options.map((it) => it.shape.kind.value))
export type ContentOf<Kind extends WireContent['kind']> = Extract<WireContent, { kind: Kind }>
