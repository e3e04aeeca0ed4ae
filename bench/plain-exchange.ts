import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

/**
 * The floor that no federation can go below: each record is one row in one transaction here, one unsigned JSON message over
 * loopback HTTP, one row in one transaction there. No signature, no seal, no audit, no receipt, no policy. Returns seconds.
 */
export async function plainExchange(
  [near, far]: readonly [string, string],
  bodies: readonly object[],
  inFlight: number,
): Promise<number> {
  await using cleanup = new AsyncDisposableStack()
  const pool = cleanup.adopt(new pg.Pool({ connectionString: near, max: 8 }), (it) => it.end())
  await pool.query(plainTable)
  const receiver = cleanup.adopt(
    fork(fileURLToPath(new URL('plain-receiver.ts', import.meta.url)), [far]),
    async (it) => {
      const ended = once(it, 'exit')
      it.disconnect()
      await ended
    },
  )
  const [{ port }] = (await once(receiver, 'message')) as [{ port: number }]
  const agent = cleanup.adopt(new Agent({ keepAlive: true, maxSockets: inFlight }), (it) => it.destroy())
  const rest = bodies[Symbol.iterator]()
  const started = performance.now()
  const work = async () => {
    for (const body of rest) {
      const text = JSON.stringify(body)
      await pool.query(plainInsert, [text])
      await post(port, text, agent)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  return (performance.now() - started) / 1_000
}

export const plainTable =
  'create table if not exists plain (id bigint generated always as identity primary key, body jsonb not null)'
export const plainInsert = 'insert into plain (body) values ($1)'

async function post(port: number, text: string, agent: Agent): Promise<void> {
  const outgoing = request({ port, host: '127.0.0.1', method: 'POST', agent })
  outgoing.end(text)
  const [incoming] = await once(outgoing, 'response')
  incoming.resume()
  await once(incoming, 'end')
  if (incoming.statusCode !== 200) throw new Error(`the plain receiver answers ${incoming.statusCode}`)
}
