import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type Instruction,
  instruct,
  isDiscreet,
  type Line,
  linesOf,
  type Strength,
  strengthOf,
} from '#capabilities/border/judge'
import { exceptionKeys, type Presented, type PresentedDocument, travellerOf } from '#capabilities/border/presented'
import { type ExceptionRow, readExceptions } from '#capabilities/border/store'
import type { Services } from '#http/services'
import type { Alert, DeclaredDocument } from '#http/travellers'
import type { Json } from '#kernel/canonical'
import type { RecordId } from '#kernel/ids'
import type { Act } from '#policy/decide'
import type { Purpose } from '#protocol/handling'
import { readGrants } from '#store/grants'
import { type Caller, type RecordView, viewOf } from '#store/reader'
import type { Store } from '#store/store'
import type { RecordRow } from '#store/tables'

/** For what people and things are checked at a border, whoever stands there: taken from the desk, and asked of nobody. */
export const deskPurpose: Purpose = 'border-security'

export interface Declared {
  readonly document: PresentedDocument
  readonly declarations: readonly DeclaredDocument[]
}

/** An alert that a traveller may be the subject of. */
export interface Met {
  readonly alert: Alert
  readonly strength: Strength
  readonly discreet: boolean
  readonly instruction: Instruction
  /** Redress that sets this alert aside for a document that was shown. */
  readonly setAside: ExceptionRow | undefined
  /** Whether the one who asks may know of the alert at all, and what of it. */
  readonly visible: boolean
  readonly lines: readonly Line[]
}

export interface Looked {
  readonly presented: Presented
  readonly declared: readonly Declared[]
  readonly met: readonly Met[]
}

/** Some tens of milliseconds at most. */
const peoplePerTurn = 10

interface Asking {
  readonly caller: Caller
  readonly services: Pick<Services, 'store' | 'alerts' | 'documents'>
}

/**
 * Looks travellers up: their documents among those declared, themselves among the alerts in force for border security. It reads
 * from the database as often for a traveller whom no alert fits as for one who is the subject of several, so that the time of an
 * answer tells nothing.
 */
export async function lookUp(people: readonly Presented[], { caller, services }: Asking): Promise<Looked[]> {
  const { store, alerts, documents } = services
  const now = store.clock.now()
  const found = []
  for (const [at, presented] of people.entries()) {
    // A message of hundreds lets the desks in between.
    if (at > 0 && at % peoplePerTurn === 0) await nextTurn()
    const declared = presented.documents.map((document) => ({
      document,
      declarations: documents.lookUp(asked(document)),
    }))
    const these = alerts.search(travellerOf(presented)).filter((it) => isUsable(it, now))
    found.push({ presented, declared, alerts: these })
  }
  const ids = [...new Set(found.flatMap((it) => it.alerts.map((alert) => alert.id)))]
  const keys = found.flatMap((it) => it.alerts.flatMap((alert) => exceptionKeys(alert.id, it.presented)))
  const [views, exceptions] = await Promise.all([
    readViews(ids, { caller, store, act: 'search' }),
    readExceptions(store, keys, now),
  ])
  const exceptionOf = new Map(exceptions.map((it) => [it.key, it]))
  return found.map(({ presented, declared, alerts: these }) => ({
    presented,
    declared,
    met: these.map((alert): Met => {
      const strength = strengthOf(alert, presented)
      const seen = views.get(alert.id)
      return {
        alert,
        strength,
        discreet: isDiscreet(alert),
        instruction: instruct(alert, strength),
        setAside: exceptionKeys(alert.id, presented)
          .map((it) => exceptionOf.get(it))
          .find((it) => it !== undefined),
        visible: seen !== undefined,
        lines: seen === undefined ? [] : linesOf(alert.match?.features ?? [], seen.maySee),
      }
    }),
  }))
}

function asked({ number, issuer }: PresentedDocument) {
  return { number, issuer: issuer ?? undefined }
}

/** What is held for other purposes is not there at a border (protocol point 3). */
function isUsable({ purposes, expiresAt }: Alert, now: Date): boolean {
  return purposes.includes(deskPurpose) && expiresAt > now.toISOString()
}

export interface Seen {
  readonly view: RecordView
  readonly maySee: (text: string) => boolean
}

/** What this caller may know of alerts, by id. */
export async function readViews(
  ids: readonly RecordId[],
  { caller, store, act }: { caller: Caller; store: Store; act: Act },
): Promise<Map<string, Seen>> {
  const wanted = ids.length === 0 ? [nothing] : [...ids]
  const [rows, grants] = await Promise.all([
    store.db
      .selectFrom('records')
      .selectAll()
      .where((eb) => eb('id', '=', eb.fn.any(eb.val(wanted))))
      .execute(),
    readGrants(store, wanted),
  ])
  const now = store.clock.now()
  return new Map(
    rows.flatMap((row) => {
      const view = viewOf<Record<string, Json>>(row, { caller, act, now, grants })
      return view === undefined ? [] : [[row.id, { view, maySee: seesIn(row, view) }] as const]
    }),
  )
}

/** Asked for where there is nothing to ask for. */
const nothing: RecordId = 'rec_00000000000000000000000000000000'

/** With a field kept from the caller, only what stands in the others is shown of the alert. */
function seesIn(row: RecordRow, view: RecordView): (text: string) => boolean {
  if (Object.keys(view.marks).length === Object.keys(row.marks).length) return () => true
  const rest = plain(JSON.stringify(view.body))
  return (text) => rest.includes(plain(text))
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}
