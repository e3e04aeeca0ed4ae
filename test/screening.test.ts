import { describe, expect, it } from 'vitest'
import { shareRecord } from '#capabilities/records/rules'
import { readCandidates } from '#capabilities/screening/store'
import { Subject } from '#capabilities/subjects/record'
import { recordSubject } from '#capabilities/subjects/rules'
import { addTime } from '#kernel/clock'
import type { RunningNode } from '#node/open-node'
import { partyOf } from '#protocol/directory'
import type { Handling } from '#protocol/handling'
import { type Caller, openReader } from '#store/reader'
import { openScene } from './kit.ts'

const handling = (now: Date): Handling => ({
  audience: { members: [], groups: [], sectors: [] },
  tlp: 'AMBER',
  codes: [],
  purposes: ['counter-terrorism'],
  onward: 'ask',
  grading: { scheme: 'admiralty', source: 'B', information: '2' },
  category: 'suspect',
  nature: 'assessment',
  basis: { instrument: 'UNSCR 1373 (2001)', provision: 'para 3(b)' },
  reviewAt: addTime(now, 1, 'years'),
  expiresAt: addTime(now, 3, 'years'),
})

const person = (values: Record<string, string[]>): Subject =>
  Subject.parse({
    schema: 'Person',
    statements: Object.fromEntries(
      Object.entries(values).flatMap(([property, list]) =>
        list.map((value, at) => [`${property.slice(0, 3).toLowerCase()}${at}`, { property, value }]),
      ),
    ),
  })

function officer(node: RunningNode): Caller {
  return {
    actor: {
      member: partyOf(node.services.directories.current(), node.services.identity.me),
      person: { id: 'per_1', roles: ['officer'] },
    },
    via: 'session',
    purpose: 'counter-terrorism',
    reference: 'test',
  }
}

describe('screening', () => {
  it('finds the same man across scripts, with day and month exchanged, soon after the record arrives', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const [fr, ke] = [scene.node('fr'), scene.node('ke')]
    const now = new Date()
    const theirs = recordSubject(
      {
        handling: handling(now),
        body: person({ name: ['Юсуф Харун Аль-Мансури'], birthDate: ['1984-07-03'], nationality: ['ke'] }),
        marks: {},
      },
      { caller: officer(ke), now },
    )
    await ke.services.store.commit(theirs.change)
    const ours = recordSubject(
      {
        handling: handling(now),
        body: person({
          name: ['Yusuf Harun al-Mansouri'],
          alias: ['يوسف هارون المنصوري'],
          birthDate: ['1984-03-07'],
          nationality: ['ke'],
        }),
        marks: {},
      },
      { caller: officer(fr), now },
    )
    await fr.services.store.commit(ours.change)
    const record = await openReader(fr.services.store, officer(fr)).record(ours.id)
    const whole = await openReader(fr.services.store, officer(fr)).whole(ours.id, 'disclose')
    const share = shareRecord(
      record!,
      { with: { members: ['ke'], groups: [], sectors: [] }, marks: {} },
      {
        caller: officer(fr),
        now,
        directory: fr.services.directories.current(),
        holdings: [],
        grants: [],
        whole: whole!,
      },
    )
    const started = performance.now()
    await fr.services.store.commit(share.change)
    let found = await readCandidates(ke.services.store, { limit: 10 })
    while (found.length === 0 && performance.now() - started < 30_000) {
      await new Promise((resume) => setTimeout(resume, 5))
      found = await readCandidates(ke.services.store, { limit: 10 })
    }
    const milliseconds = performance.now() - started
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ ours: theirs.id, theirs: ours.id, state: 'open' })
    expect(found[0]?.explanation.features.map((it) => it.name)).toEqual(
      expect.arrayContaining(['name_match', 'birth_date_swapped']),
    )
    console.log(`candidate after ${Math.round(milliseconds)} ms, score ${found[0]?.score}`)
  })
})
