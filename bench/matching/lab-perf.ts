import { createSearchPool } from '#matching/search-pool'
import { indexOf, queriesOf } from '../screening.ts'
import { readListed } from './listed.ts'
const { entities } = await readListed('/tmp')
const c0 = process.cpuUsage()
const index = indexOf(entities)
console.log('build cpu ms', (process.cpuUsage(c0).user / 1000).toFixed(0), 'MB', (index.bytes / 2 ** 20).toFixed(1))
const people = queriesOf(entities, 12000)
for (const pass of [0, 1, 2]) {
  const c = process.cpuUsage(); const t: number[] = []
  for (const p of people.slice(pass * 4000, pass * 4000 + 4000)) { const s = process.cpuUsage().user; index.search(p, { limit: 5, threshold: .7 }); t.push(process.cpuUsage().user - s) }
  t.sort((a, b) => a - b)
  console.log('cold', pass, 'q/cpu s', (4000 / process.cpuUsage(c).user * 1e6).toFixed(0), 'p50', t[2000], 'p99 us', t[3960], 'max', t[3999])
}
for (const pass of [0, 1]) {
  const c = process.cpuUsage(); const t: number[] = []
  for (const p of people) { const s = process.cpuUsage().user; index.search(p, { limit: 5, threshold: .7 }); t.push(process.cpuUsage().user - s) }
  t.sort((a, b) => a - b)
  console.log('again', pass, 'q/cpu s', (12000 / process.cpuUsage(c).user * 1e6).toFixed(0), 'p50', t[6000], 'p99 us', t[11880])
}
{ const c = process.cpuUsage(); for (const e of entities.slice(0, 1700)) index.put({ ...e, properties: { ...e.properties, alias: [...(e.properties.alias ?? []), 'Exercise ' + e.id] } }); console.log('delta cpu ms', (process.cpuUsage(c).user / 1000).toFixed(0)) }
