import { describe, expect, it } from 'vitest'
import { type Ask, type Asking, Refusal } from './ask'
import type { DraftCopy } from './draft-copies'
import { createDraftKeeper } from './draft-keeper'

interface Stored {
  content: object
  version: number
  updatedAt: string
}

const offline = () => new Refusal({ status: 0, code: 'console/offline', title: '' })

/** A node that keeps one draft, a window with its storage, and time that passes when the test says so. */
function scene(copies: Map<string, DraftCopy> = new Map(), node: { draft: Stored | null } = { draft: null }) {
  const link = { up: true, losesAnswers: false }
  const planned: (() => void)[] = []
  let time = 0
  const ask = (async (_: string, { method = 'GET', body }: Asking = {}) => {
    await Promise.resolve()
    if (!link.up) throw offline()
    if (method === 'GET') return { draft: node.draft }
    if (method === 'DELETE') {
      node.draft = null
      return {}
    }
    const { base, content } = body as { base: number; content: object }
    if (node.draft !== null && node.draft.version !== base)
      throw new Refusal({ status: 409, code: 'drafts/newer', title: '' })
    node.draft = { content, version: base + 1, updatedAt: at() }
    if (link.losesAnswers) throw offline()
    return { version: base + 1, updatedAt: node.draft.updatedAt }
  }) as Ask
  const at = () => new Date(Date.UTC(2026, 0, 1) + ++time * 1_000).toISOString()
  const open = () =>
    createDraftKeeper(
      { key: 'note:d1', initial: { text: '', to: 'ke' }, captionOf: (it) => it.text },
      {
        ask,
        readCopy: () => copies.get('d1'),
        writeCopy: (copy) => copies.set('d1', copy) !== undefined,
        removeCopy: () => copies.delete('d1'),
        now: () => new Date(at()),
        later: (run) => {
          planned.push(run)
          return () => planned.splice(0, planned.length, ...planned.filter((it) => it !== run))
        },
      },
    )
  /** Lets what is under way end, then what waits for its time, until nothing is left or the node is away. */
  const pass = async () => {
    for (let round = 0; round < 5; round++) {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve()
      for (const run of planned.splice(0)) run()
    }
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  }
  const started = async () => {
    const keeper = open()
    keeper.start()
    await pass()
    return keeper
  }
  return { node, copies, link, open, started, pass }
}

describe('createDraftKeeper', () => {
  it('has what is typed in the window at once and at the node when the typing rests', async () => {
    const { node, copies, started, pass } = scene()
    const keeper = await started()
    keeper.change({ text: 'A', to: 'ke' })
    keeper.change({ text: 'AB', to: 'ke' })
    expect(copies.get('d1')).toMatchObject({ content: { text: 'AB' }, unsaved: true })
    expect(keeper.view().status).toBe('saving')
    await pass()
    expect(node.draft).toMatchObject({ content: { text: 'AB', to: 'ke' }, version: 1 })
    expect(keeper.view()).toMatchObject({ status: 'saved', other: null })
    expect(copies.get('d1')).toMatchObject({ base: 1, unsaved: false })
  })

  it('goes on after a reload without a connection, and saves when it is back', async () => {
    const { node, link, open, started, pass } = scene()
    const before = await started()
    link.up = false
    before.change({ text: 'typed in a tunnel', to: 'ke' })
    await pass()
    expect(before.view().status).toBe('kept')
    before.stop()
    const after = open()
    expect(after.view().content.text).toBe('typed in a tunnel')
    after.start()
    await pass()
    expect(after.view()).toMatchObject({ status: 'kept', keptHere: true })
    link.up = true
    after.look()
    await pass()
    expect(after.view().status).toBe('saved')
    expect(node.draft).toMatchObject({ content: { text: 'typed in a tunnel' } })
  })

  it('comes back on another machine, with what the form has had since added', async () => {
    const node = { draft: { content: { text: 'from the office' }, version: 7, updatedAt: '2026-01-01T00:00:00.000Z' } }
    const keeper = await scene(new Map(), node).started()
    expect(keeper.view()).toMatchObject({ content: { text: 'from the office', to: 'ke' }, status: 'saved' })
  })

  it('puts two texts before the person, and saves neither until one is chosen', async () => {
    const { node, started, pass } = scene()
    const [one, two] = [await started(), await scene(new Map(), { draft: null }).started()]
    expect(two.view().status).toBe('empty')
    one.change({ text: 'here', to: 'ke' })
    await pass()
    node.draft = { content: { text: 'there', to: 'ke' }, version: 2, updatedAt: '2026-01-02T00:00:00.000Z' }
    one.change({ text: 'here, longer', to: 'ke' })
    await pass()
    expect(one.view()).toMatchObject({ status: 'choose', content: { text: 'here, longer' }, other: { version: 2 } })
    one.change({ text: 'here, longer still', to: 'ke' })
    await pass()
    expect(node.draft.content).toMatchObject({ text: 'there' })
    one.choose('this')
    await pass()
    expect(node.draft).toMatchObject({ content: { text: 'here, longer still' }, version: 3 })
    expect(one.view()).toMatchObject({ status: 'saved', other: null })
  })

  it('takes the other text when that is chosen, and when nothing was typed here', async () => {
    const { node, started, pass } = scene()
    const keeper = await started()
    keeper.change({ text: 'here', to: 'ke' })
    await pass()
    node.draft = { content: { text: 'there', to: 'ke' }, version: 2, updatedAt: '2026-01-02T00:00:00.000Z' }
    keeper.look()
    await pass()
    expect(keeper.view()).toMatchObject({ status: 'saved', content: { text: 'there' } })
    node.draft = { content: { text: 'there again', to: 'ke' }, version: 3, updatedAt: '2026-01-02T00:00:00.000Z' }
    keeper.change({ text: 'here again', to: 'ke' })
    await pass()
    keeper.choose('other')
    await pass()
    expect(keeper.view()).toMatchObject({ content: { text: 'there again' }, status: 'saved' })
    expect(node.draft).toMatchObject({ version: 3 })
  })

  it('does not take its own text for that of another when the answer to a saving was lost', async () => {
    const { node, link, started, pass } = scene()
    const keeper = await started()
    link.losesAnswers = true
    keeper.change({ text: 'A', to: 'ke' })
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
    await pass()
    link.losesAnswers = false
    keeper.change({ text: 'AB', to: 'ke' })
    await pass()
    expect(keeper.view()).toMatchObject({ status: 'saved', other: null })
    expect(node.draft).toMatchObject({ content: { text: 'AB' } })
  })

  it('leaves nothing here nor at the node after sending, even when a saving was under way', async () => {
    const { node, copies, started } = scene()
    const keeper = await started()
    keeper.change({ text: 'sent', to: 'ke' })
    keeper.look()
    await keeper.clear()
    expect(node.draft).toBeNull()
    expect([...copies]).toEqual([])
    expect(keeper.view()).toMatchObject({ content: { text: '' }, status: 'empty' })
  })

  it('does not give up what another window saved when it clears its own', async () => {
    const { node, started, pass } = scene()
    const keeper = await started()
    keeper.change({ text: 'here', to: 'ke' })
    await pass()
    node.draft = { content: { text: 'there', to: 'ke' }, version: 2, updatedAt: '2026-01-02T00:00:00.000Z' }
    keeper.change({ text: 'here, longer', to: 'ke' })
    await pass()
    await keeper.clear()
    expect(node.draft).toMatchObject({ content: { text: 'there' } })
  })

  it('writes nothing any more once it was told to forget', async () => {
    const { node, copies, started, pass } = scene()
    const keeper = await started()
    keeper.change({ text: 'secret', to: 'ke' })
    keeper.drop()
    copies.clear()
    keeper.stop()
    await pass()
    expect(node.draft).toBeNull()
    expect([...copies]).toEqual([])
  })

  it('says why a draft is refused', async () => {
    const { started, copies, pass } = scene()
    const keeper = createDraftKeeper(
      { key: 'note:d1', initial: { text: '' }, captionOf: (it) => it.text },
      {
        ask: async () => {
          throw new Refusal({ status: 413, code: 'drafts/too-large', title: 'too large' })
        },
        readCopy: () => undefined,
        writeCopy: (copy) => copies.set('d1', copy) !== undefined,
        removeCopy: () => {},
        now: () => new Date(),
        later: () => () => {},
      },
    )
    await started()
    keeper.start()
    keeper.change({ text: 'long' })
    await pass()
    expect(keeper.view()).toMatchObject({ status: 'refused', keptHere: true, refusal: { code: 'drafts/too-large' } })
  })
})
