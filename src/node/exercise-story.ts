import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import {
  birthDates,
  confirmation,
  grantDecision,
  handling,
  hitDecision,
  lawfulRecord,
  onward,
  onwardRequest,
  otherPurpose,
  recall,
  sharing,
  storyWork,
  suspect,
  traveller,
} from '#capabilities/exercise/story-records'
import { eventually } from '#node/api-client'
import { NodeConfig, readJson } from '#node/config'
import type { LaunchedFederation } from '#node/launch'
import { check, type Plot, type Step } from '#node/story-step'

const work = storyWork

const holders = ({ api, ids }: Plot) => api.get('fr/officer', `/api/v1/records/${ids.suspect}/holders`)
const stateOf = (ledger: { holders: { member: string; state: string; version: number }[] }, member: string) =>
  ledger.holders.find((it) => it.member === member)

export const story: readonly Step[] = [
  {
    name: 'Kenya has a traveller on file, in Cyrillic, with day and month exchanged',
    play: async ({ api, ids }) => {
      const body = { handling: handling('person-of-interest', { codes: [] }), body: traveller }
      ids.traveller = (await api.get('ke/officer', '/api/v1/subjects', { method: 'POST', body })).id
      return `record ${ids.traveller}`
    },
  },
  {
    name: 'France records a suspect with aliases, passport, phone, account and two associates',
    play: async ({ api, ids }) => {
      const body = { handling: handling('suspect'), body: suspect(birthDates.recorded) }
      ids.suspect = (await api.get('fr/officer', '/api/v1/subjects', { method: 'POST', body })).id
      return `record ${ids.suspect}`
    },
  },
  {
    name: 'France shares it with Kenya and the bank; the associates are kept from the bank',
    play: async (plot) => {
      const { api, ids } = plot
      const shared = await api.get('fr/officer', `/api/v1/records/${ids.suspect}/share`, {
        method: 'POST',
        body: sharing,
        ...work,
      })
      check(shared.recipients.length === 2, 'both are recipients', shared)
      await eventually(
        () => holders(plot),
        (it) => ['ke', 'horizon-bank'].every((member) => stateOf(it, member)?.state === 'held'),
        { milliseconds: plot.patienceMilliseconds },
      )
      const atKenya = await api.get('ke/officer', `/api/v1/records/${ids.suspect}`)
      const atBank = await api.get('horizon-bank/officer', `/api/v1/records/${ids.suspect}`)
      check(Object.keys(atKenya.body.relations).length === 2, 'Kenya sees both associates', atKenya.body)
      check(
        Object.keys(atBank.body.relations).length === 0 && Object.keys(atBank.marks).length === 0,
        'the bank sees no trace of the associates',
        atBank.body,
      )
      check(atBank.handling.audience === undefined, 'holders do not see each other', atBank.handling)
      return `held by ${shared.recipients.join(' and ')}; owner's signature verified at both`
    },
  },
  {
    name: 'A candidate appears at Kenya, explained',
    play: async ({ api, ids, patienceMilliseconds }) => {
      const started = performance.now()
      const list = await eventually(
        () => api.get('ke/officer', `/api/v1/candidates?state=open&record=${ids.traveller}`),
        (it) => it.items.some((one: { theirs: { id: string } }) => one.theirs.id === ids.suspect),
        { milliseconds: patienceMilliseconds },
      )
      const found = list.items.find((it: { theirs: { id: string } }) => it.theirs.id === ids.suspect)
      ids.candidate = found.id
      const features = found.features.map((it: { name: string }) => it.name)
      check(
        features.includes('name_match') && features.includes('birth_date_swapped'),
        'the names and the exchanged day and month are the reasons',
        features,
      )
      return `score ${found.score}: ${features.join(', ')} (${Math.round(performance.now() - started)} ms after delivery)`
    },
  },
  {
    name: 'A Kenyan officer decides that it is a hit; the report goes to France',
    play: async ({ api, ids, patienceMilliseconds }) => {
      const decided = await api.get('ke/officer', `/api/v1/candidates/${ids.candidate}/decision`, {
        method: 'POST',
        body: hitDecision,
        ...work,
      })
      ids.hit = decided.hit
      const hit = await eventually(
        () => api.ask('fr/officer', `/api/v1/hits/${ids.hit}`),
        (it) => it.status === 200,
        { milliseconds: patienceMilliseconds },
      )
      check(hit.body.state === 'reported' && hit.body.dueAt !== null, 'France has it, with a clock', hit.body)
      const atKenya = await api.get('ke/officer', `/api/v1/hits/${ids.hit}`)
      check(
        atKenya.action.instruction.includes('do not act on this alone'),
        'unconfirmed: do not act on this alone',
        atKenya.action,
      )
      return `due ${hit.body.dueAt} by ${hit.body.dueRule}`
    },
  },
  {
    name: "France confirms against the clock; Kenya sees the action that Kenya's law allows",
    play: async ({ api, ids, patienceMilliseconds }) => {
      await api.get('fr/officer', `/api/v1/hits/${ids.hit}/confirmation`, { method: 'POST', body: confirmation })
      const hit = await eventually(
        () => api.get('ke/officer', `/api/v1/hits/${ids.hit}`),
        (it) => it.state === 'confirmed',
        { milliseconds: patienceMilliseconds },
      )
      const atFrance = await api.get('fr/officer', `/api/v1/hits/${ids.hit}`)
      check(atFrance.state === 'confirmed' && !hit.late, 'both see the confirmation, in time', hit)
      check(
        hit.action.requested === 'arrest' && hit.action.permitted === 'observe',
        'the requested arrest is an upper bound',
        hit.action,
      )
      return `asked: ${hit.action.requested}, allowed: ${hit.action.permitted}`
    },
  },
  {
    name: 'Kenya may not pass it on (H2), asks, and France grants Indonesia for 30 days',
    play: async (plot) => {
      const { api, ids, patienceMilliseconds } = plot
      const early = await api.ask('ke/officer', `/api/v1/records/${ids.suspect}/onward`, {
        method: 'POST',
        body: onward,
        ...work,
      })
      check(early.status === 403 && early.body.rule === 'H2', 'refused before the grant, with the rule', early.body)
      const body = onwardRequest
      ids.request = (
        await api.get('ke/officer', `/api/v1/records/${ids.suspect}/permission-requests`, { method: 'POST', body })
      ).id
      await eventually(
        () => api.ask('fr/supervisor', `/api/v1/records/${ids.request}`),
        (it) => it.status === 200,
        { milliseconds: patienceMilliseconds },
      )
      ids.grant = (
        await api.get('fr/supervisor', `/api/v1/permission-requests/${ids.request}/decision`, {
          method: 'POST',
          body: grantDecision,
        })
      ).id
      await eventually(
        () => api.get('ke/officer', '/api/v1/permission-requests'),
        (it) =>
          it.items.some((one: { id: string; state: string }) => one.id === ids.request && one.state === 'granted'),
        { milliseconds: patienceMilliseconds },
      )
      await api.get('ke/officer', `/api/v1/records/${ids.suspect}/onward`, {
        method: 'POST',
        body: onward,
        ...work,
      })
      const atIndonesia = await eventually(
        () => api.ask('id/officer', `/api/v1/records/${ids.suspect}`),
        (it) => it.status === 200,
        { milliseconds: patienceMilliseconds },
      )
      check(
        atIndonesia.body.owner === 'fr' && atIndonesia.body.receivedFrom === 'ke',
        "France's record, from Kenya",
        atIndonesia.body,
      )
      await eventually(
        () => holders(plot),
        (it) => (stateOf(it, 'id') as { via?: string } | undefined)?.via === 'ke',
        { milliseconds: patienceMilliseconds },
      )
      return 'Indonesia holds it; France sees it in the delivery ledger, via Kenya'
    },
  },
  {
    name: 'France corrects the date of birth: every holder gets the new version and says so',
    play: async (plot) => {
      const { api, ids } = plot
      const current = await api.get('fr/officer', `/api/v1/records/${ids.suspect}`)
      const body = {
        version: current.version,
        handling: current.handling,
        marks: current.marks,
        body: suspect(birthDates.corrected),
      }
      const { version } = await api.get('fr/officer', `/api/v1/subjects/${ids.suspect}`, { method: 'PUT', body })
      const everywhere = ['ke', 'horizon-bank', 'id']
      await eventually(
        () => holders(plot),
        (it) => everywhere.every((member) => stateOf(it, member)?.version === version),
        { milliseconds: plot.patienceMilliseconds },
      )
      const atIndonesia = await api.get('id/officer', `/api/v1/records/${ids.suspect}`)
      check(
        atIndonesia.body.statements.b1.value === birthDates.corrected,
        'the correction arrived',
        atIndonesia.body.statements,
      )
      return `version ${version} receipted by ${everywhere.join(', ')}`
    },
  },
  {
    name: 'The bank is switched off; France withdraws: Kenya and Indonesia erase, the bank stays visible as open',
    calm: true,
    play: async (plot) => {
      const { api, ids, federation } = plot
      await federation.stop('horizon-bank')
      await api.get('fr/officer', `/api/v1/records/${ids.suspect}/recall`, { method: 'POST', body: recall })
      const ledger = await eventually(
        () => holders(plot),
        (it) => ['ke', 'id'].every((member) => stateOf(it, member)?.state === 'erased'),
        { milliseconds: plot.patienceMilliseconds },
      )
      const bank = ledger.holders.find((it: { member: string }) => it.member === 'horizon-bank')
      check(bank.state === 'recalling' && bank.open?.kind === 'recall', 'the bank is open', bank)
      const gone = await api.ask('ke/officer', `/api/v1/records/${ids.suspect}`)
      const never = await api.ask('ke/officer', '/api/v1/records/rec_00000000000000000000000000000000')
      check(
        gone.status === 404 && gone.body.title === never.body.title,
        'what is erased looks like what never was',
        gone.body,
      )
      return `open since ${bank.open.since}`
    },
  },
  {
    name: 'The bank is back: it erases and says so',
    calm: true,
    play: async (plot) => {
      await plot.federation.start('horizon-bank')
      await eventually(
        () => holders(plot),
        (it) => stateOf(it, 'horizon-bank')?.state === 'erased',
        { milliseconds: Math.max(plot.patienceMilliseconds, 30_000) },
      )
      return 'all receipts are in'
    },
  },
  {
    name: 'Unlawful shares are refused with their rule: no basis, wrong purpose, expired',
    play: async ({ api }) => {
      const record = (change: object) => ({ method: 'POST', body: lawfulRecord(change) }) as const
      const share = { method: 'POST', body: { with: { members: ['ke'] } } } as const
      const without = await api.ask('fr/officer', '/api/v1/subjects', record({ basis: undefined }))
      check(
        without.status === 422 && JSON.stringify(without.body).includes('/handling/basis'),
        'no basis: refused at the save',
        without.body,
      )
      const lawful = await api.get('fr/officer', '/api/v1/subjects', record({}))
      const other = await api.ask('fr/officer', `/api/v1/records/${lawful.id}/share`, {
        ...share,
        purpose: otherPurpose,
        reference: work.reference,
      })
      check(other.status === 403 && other.body.rule === 'purpose', 'wrong purpose', other.body)
      // A node that is killed meanwhile takes the record only when it would have expired: then one that lives longer.
      const expiring = async (seconds: number): Promise<string> => {
        const soon = new Date(Date.now() + seconds * 1_000).toISOString()
        const body = record({ reviewAt: soon, expiresAt: soon })
        const { status, body: made } = await api.ask('fr/officer', '/api/v1/subjects', body)
        if (status !== 201 && seconds < 60) return expiring(seconds * 4)
        check(status === 201, 'a record that expires soon', made)
        await sleep(Math.max(0, Date.parse(soon) - Date.now() + 50))
        return made.id
      }
      const late = await api.ask('fr/officer', `/api/v1/records/${await expiring(1.5)}/share`, { ...share, ...work })
      check(late.status === 403 && late.body.rule === 'expiry', 'expired', late.body)
      return `refused: ${[without, other, late].map((it) => it.body.rule ?? it.body.code).join(', ')}`
    },
  },
  {
    name: 'An auditor verifies the whole trail with the CLI alone',
    calm: true,
    play: async ({ federation }) => {
      const { code, report } = await verifyTrail(federation)
      check(code === 0 && report.intact === true, 'the trail is intact', report)
      return `${report.size} entries, root ${String(report.root).slice(0, 16)}…`
    },
  },
  {
    name: 'A tampered entry is found',
    calm: true,
    play: async ({ federation }) => {
      const { databaseUrl } = readJson(federation.configFile('fr'), NodeConfig)
      const client = new pg.Client({ connectionString: databaseUrl })
      await client.connect()
      const { rows } = await client.query(
        `update ledger_leaves set entry = jsonb_set(entry, '{outcome}', '"failed"') where index = (select max(index) / 2 from ledger_leaves) returning index`,
      )
      await client.end()
      const index = Number(rows[0].index)
      const { code, report } = await verifyTrail(federation)
      check(
        code !== 0 && report.tampered?.some((it: { index: number }) => it.index === index),
        'the auditor is told which entry',
        report,
      )
      return `entry ${index} was altered, and is named`
    },
  },
]

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url))

// biome-ignore lint/suspicious/noExplicitAny: the story checks what it reads
async function verifyTrail(federation: LaunchedFederation): Promise<{ code: number; report: any }> {
  const env = { ...process.env, COMITY_URL: federation.url('fr'), COMITY_TOKEN: federation.token('fr', 'auditor') }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'audit', 'verify', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8')
  })
  const code = await new Promise<number>((done) => child.once('close', (status) => done(status ?? 1)))
  return { code, report: JSON.parse(out) }
}
