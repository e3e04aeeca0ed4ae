import { beforeEach, describe, expect, it } from 'vitest'
import type { Call, Client, Reply } from '#cli/client'
import { enrol, proveSecondFactor } from '#cli/commands/second-step'
import { NodeProblem } from '#cli/failure'
import { testTerminal } from '#cli/terminal.fixture'

let calls: Call[] = []
beforeEach(() => {
  calls = []
})

const cookie = 'comity-fr=secret'
const accepted = (body: object): Reply => ({
  status: 200,
  text: JSON.stringify(body),
  headers: new Headers({ 'set-cookie': `${cookie}; HttpOnly` }),
})
const problem = { type: '', title: 'This was not accepted.', status: 403, code: 'people/wrong-code', correlation: '' }

/** A node that refuses the first answers. */
function node(refusals: number, reply: object = {}): Client {
  const call = async (it: Call) => {
    calls.push(it)
    if (calls.length <= refusals) throw new NodeProblem(problem, '')
    return accepted(reply)
  }
  const json = async () => ({ secret: 'GEZDGNBVGY3TQOJQ', uri: 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ' })
  return { call, json } as unknown as Client
}

describe('the second step of a sign-in', () => {
  it('takes a code or a recovery code, and asks again for one that was not accepted', async () => {
    const terminal = testTerminal({ typed: ['123 456', 'abcde-fghij-kmnpq-rstuv'] })
    const step = { ticket: 'tkt', methods: ['totp', 'recovery'] }
    expect(await proveSecondFactor(step, { client: node(1), terminal })).toBe(cookie)
    expect(calls.map((it) => it.body)).toEqual([
      { ticket: 'tkt', code: '123 456' },
      { ticket: 'tkt', recoveryCode: 'abcde-fghij-kmnpq-rstuv' },
    ])
    expect(terminal.stderr()).toContain('This was not accepted.')
  })

  it('gives up after three', async () => {
    const terminal = testTerminal({ typed: ['1', '2', '3', '4'] })
    const step = { ticket: 'tkt', methods: ['totp'] }
    await expect(proveSecondFactor(step, { client: node(9), terminal })).rejects.toBeInstanceOf(NodeProblem)
    expect(calls).toHaveLength(3)
  })

  it('says where to go for whom only a passkey serves', async () => {
    const terminal = testTerminal({ typed: [] })
    const step = { ticket: 'tkt', methods: ['passkey'] }
    await expect(proveSecondFactor(step, { client: node(0), terminal })).rejects.toThrow('console')
  })

  it('sets a second factor up where the role needs one, and shows the recovery codes', async () => {
    const terminal = testTerminal({ typed: ['123456'] })
    const reply = { recoveryCodes: ['aaaaa-bbbbb-ccccc-ddddd'] }
    expect(await enrol({ ticket: 'tkt', methods: [] }, { client: node(0, reply), terminal })).toBe(cookie)
    expect(terminal.stderr()).toContain('GEZD GNBV GY3T QOJQ')
    expect(terminal.stderr()).toContain('aaaaa-bbbbb-ccccc-ddddd')
    expect(calls[0]?.body).toEqual({ ticket: 'tkt', code: '123456' })
  })
})
