import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** A number means little without the machine that it was measured on, and what else ran there. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`
  const load = loadavg()[0]!.toFixed(2)
  return `${model}, ${availableParallelism()} cores, ${memory} memory, Node ${process.versions.node}, ${process.platform} ${process.arch}, load before ${load}`
}
