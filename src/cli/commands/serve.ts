import type { Session } from '#cli/command'

/**
 * Runs one node until it is told to stop: by SIGINT or SIGTERM, or because the process that started it over a channel is gone,
 * so that no node outlives its federation. A second signal ends it at once.
 */
export async function serve(file: string, { terminal, json }: Pick<Session, 'terminal' | 'json'>): Promise<undefined> {
  const stopped = Promise.withResolvers<void>()
  let asked = false
  const stop = () => {
    if (asked) process.exit(1)
    asked = true
    stopped.resolve()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  process.once('disconnect', stop)
  try {
    const { readConfig } = await import('#node/config')
    const { openNode, version } = await import('#node/open-node')
    const { openWhenThere } = await import('#store/away')
    const config = readConfig(file)
    await using node = await openWhenThere(() => openNode(config))
    const { exercise } = node.services.settings
    const ready = { ready: true, member: config.member, url: node.url, exercise, version, pid: process.pid }
    process.send?.(ready)
    const text = `${exercise ? 'EXERCISE. ' : ''}The node of ${config.member} is ready at ${node.url}. Stop with Ctrl-C.\n`
    if (json) terminal.out(`${JSON.stringify(ready)}\n`)
    else terminal.err(text)
    await stopped.promise
  } finally {
    // While the channel to the process that started it is open, this one would not end, however it failed.
    if (process.connected) process.disconnect()
  }
  return undefined
}
