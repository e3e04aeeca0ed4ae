import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { plainInsert, plainTable } from './plain-exchange.ts'

/** The other end of the plain exchange, as a process: every message becomes a row. */

const pool = new pg.Pool({ connectionString: process.argv[2]!, max: 8 })
await pool.query(plainTable)

const server = createServer(async (incoming, outgoing) => {
  await pool.query(plainInsert, [await text(incoming)])
  outgoing.end('{}')
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 })
})
process.on('SIGINT', () => undefined)
process.on('disconnect', () => process.exit())
