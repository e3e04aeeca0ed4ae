import { readFileSync } from 'node:fs'
import type { Session } from '#cli/command'
import { printJson, printValue } from '#cli/print'

export async function version(withNode: boolean, session: Session): Promise<undefined> {
  const { terminal, json } = session
  const packageFile = new URL('../../../package.json', import.meta.url)
  const { version: comity } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }
  const about = { comity, runtime: `Node ${process.versions.node}`, platform: `${process.platform} ${process.arch}` }
  const all = withNode ? { ...about, node: await nodeVersion(session) } : about
  if (json) printJson(JSON.stringify(all), terminal)
  else printValue(all, { terminal, columns: null })
  return undefined
}

async function nodeVersion(session: Session): Promise<{ url: string; title: string; version: string }> {
  const client = session.client()
  const { info } = await client.json<{ info: { title: string; version: string } }>({ path: '/api/v1/openapi.json' })
  return { url: client.url, title: info.title, version: info.version }
}
