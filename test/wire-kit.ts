import { CompactEncrypt, CompactSign } from 'jose'
import { utf8 } from '#kernel/bytes'
import { canonical, type Json } from '#kernel/canonical'
import { addTime } from '#kernel/clock'
import { newId } from '#kernel/ids'
import type { Directory } from '#protocol/directory'
import { type Envelope, hashOfSigned, type SealedEnvelope, sealEnvelope } from '#protocol/envelope'
import type { Handling } from '#protocol/handling'
import {
  contentEncryption,
  type OwnKey,
  openOwnKey,
  openPublicKey,
  sealingAlgorithm,
  signingAlgorithm,
} from '#protocol/keys'
import { type ProvenReceipt, verifyReceipt } from '#protocol/receipt'
import { type RecordDraft, type SignedRecord, signRecord } from '#protocol/record'
import type { Answer } from '#wire/carrier'
import type { Stage } from './stage-kit.ts'

/** A member that the test plays: it has the right keys and may do anything with them. */
export interface Actor {
  readonly id: string
  readonly signing: OwnKey
  readonly sealing: OwnKey
  sequence: number
  previous: string | null
}

export async function play(stage: Stage, id: string): Promise<Actor> {
  const keys = await Promise.all(stage.material.keysOf.get(id)!.keys.map(openOwnKey))
  return {
    id,
    signing: keys.find((it) => it.use === 'sign')!,
    sealing: keys.find((it) => it.use === 'seal')!,
    sequence: 0,
    previous: null,
  }
}

export interface Crafting {
  readonly to?: string
  /** Overrides of what is signed. */
  readonly signed?: Partial<Omit<Envelope, 'content'>> & { readonly [other: string]: unknown }
  /** Overrides of what the routing data say. */
  readonly route?: Readonly<Record<string, unknown>>
  readonly key?: OwnKey
  /** Overrides of the protected header of the signature. */
  readonly header?: Readonly<Record<string, string>>
  /** The payload as text instead of canonical JSON. */
  readonly payload?: (text: string) => string
  /** Changes the signed text after signing. */
  readonly alter?: (signed: string) => string
  /** Member whose key the envelope is sealed to. */
  readonly sealedTo?: string
}

/** The next envelope of an actor, with whatever is wrong with it. Its place in the sequence is taken when it is answered. */
export async function craft(
  actor: Actor,
  content: unknown,
  directory: Directory,
  options: Crafting = {},
): Promise<SealedEnvelope> {
  const to = options.to ?? 'ke'
  const now = new Date()
  const envelope = {
    from: actor.id,
    to,
    sequence: actor.sequence + 1,
    previous: actor.previous,
    issuedAt: now.toISOString(),
    expiresAt: addTime(now, 30, 'days'),
    purpose: 'counter-terrorism',
    content,
    ...options.signed,
  }
  const key = options.key ?? actor.signing
  const text = options.payload?.(canonical(envelope)) ?? canonical(envelope)
  const jws = await new CompactSign(utf8(text))
    .setProtectedHeader({ alg: signingAlgorithm, kid: key.kid, typ: 'comity-envelope+jws', ...options.header })
    .sign(key.privateKey)
  const signed = options.alter?.(jws) ?? jws
  const route = { from: actor.id, to: options.sealedTo ?? to, sequence: envelope.sequence as number }
  const sealed = await sealEnvelope(signed, route, { directory, now })
  return { ...sealed, to, ...options.route } as SealedEnvelope
}

/** Seals any text to a member, as an envelope would be. */
export async function sealText(text: string, to: string, directory: Directory): Promise<string> {
  const key = directory.members.find((it) => it.id === to)!.keys.find((it) => it.use === 'seal')!
  return new CompactEncrypt(utf8(text))
    .setProtectedHeader({ alg: sealingAlgorithm, enc: contentEncryption, kid: key.kid, typ: 'comity-envelope+jwe' })
    .encrypt(await openPublicKey(key.jwk))
}

export interface Posted {
  readonly status: number
  readonly text: string
  readonly answers: readonly Answer[]
}

export async function postRaw(port: number, path: string, body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  return { status: response.status, text: await response.text() }
}

export async function post(stage: Stage, to: string, envelopes: readonly unknown[]): Promise<Posted> {
  const { status, text } = await postRaw(stage.port(to), '/wire/v1/envelopes', JSON.stringify({ envelopes }))
  const { answers = [] } = (status === 200 ? JSON.parse(text) : {}) as { answers?: Answer[] }
  return { status, text, answers }
}

/** What an answer says, with its receipt verified. */
export interface Said {
  readonly how: 'problem' | 'receipt'
  readonly code: string
  readonly rule: string | null
  readonly expected?: number | undefined
  readonly receipt?: ProvenReceipt
}

export async function read(
  answer: Answer,
  { issuer, me, directory }: { issuer: string; me: string; directory: Directory },
): Promise<Said> {
  if ('problem' in answer)
    return {
      how: 'problem',
      code: answer.problem.code,
      rule: answer.problem.message,
      expected: answer.problem.expected,
    }
  const receipt = await verifyReceipt(answer.receipt, { issuer, me, directory })
  return { how: 'receipt', code: receipt.code ?? receipt.status, rule: receipt.rule, receipt }
}

/** Takes the place of the envelope in the actor's own chain. */
export function advance(actor: Actor, { sequence, hash }: { sequence: number; hash: string | null }): void {
  actor.sequence = sequence
  actor.previous = hash
}

export function hashOfEnvelope(signed: string): string {
  return hashOfSigned(signed)
}

export const header = (change: Partial<Handling> = {}): Handling => ({
  audience: { members: ['ke'], groups: [], sectors: [] },
  tlp: 'AMBER',
  codes: [],
  purposes: ['counter-terrorism'],
  onward: 'ask',
  grading: { scheme: 'admiralty', source: 'B', information: '2' },
  category: 'suspect',
  nature: 'assessment',
  basis: { instrument: 'UNSCR 1373 (2001)', provision: 'para 3(b)' },
  reviewAt: addTime(new Date(), 1, 'years'),
  expiresAt: addTime(new Date(), 3, 'years'),
  ...change,
})

export const subjectBody = (name = 'Idris Exercise-Okello') => ({
  schema: 'Person',
  statements: { a1: { property: 'name', value: name } },
  holds: {},
  relations: {},
  action: 'report',
  discreet: false,
})

/** A signed record of an actor: a subject unless another type is asked for. */
export function signed(actor: Pick<Actor, 'id' | 'signing'>, change: Partial<RecordDraft> = {}): Promise<SignedRecord> {
  const now = new Date()
  return signRecord(
    {
      id: newId('rec', now.getTime()),
      type: 'subject',
      schema: 1,
      version: 1,
      owner: actor.id,
      issuedAt: now.toISOString(),
      previous: null,
      handling: header(),
      body: subjectBody() as unknown as Record<string, Json>,
      marks: {},
      ...change,
    },
    actor.signing,
  )
}

/** Signs a record's text as it stands, whatever its schema would say: for what a careful signer would never sign. */
export async function resign(
  record: SignedRecord,
  key: OwnKey,
  change: (text: Record<string, Json>) => unknown,
): Promise<SignedRecord> {
  const text = structuredClone(record.text) as unknown as Record<string, Json>
  change(text)
  const jws = await new CompactSign(utf8(canonical(text)))
    .setProtectedHeader({ alg: signingAlgorithm, kid: key.kid, typ: 'comity-record+jws' })
    .sign(key.privateKey)
  const [head, , signature] = jws.split('.')
  return { ...record, text: text as never, signature: `${head}..${signature}` }
}
