import { resolve } from 'node:path'
import { exerciseMembers } from '#node/exercise-members'
import { exerciseSeeds } from '#node/exercise-seeds'
import { launchFederation } from '#node/launch'

export interface StartOptions {
  readonly directory: string
  readonly json: boolean
}

/** `npm start`: the exercise federation, with its addresses, accounts and tokens printed. Runs until it is interrupted. */
export async function startFederation({ directory, json }: StartOptions): Promise<void> {
  const started = performance.now()
  const stopped = Promise.withResolvers<void>()
  process.once('SIGINT', () => stopped.resolve())
  process.once('SIGTERM', () => stopped.resolve())
  const say = (text: string) => {
    if (!json) console.log(text)
  }
  await using federation = await launchFederation({
    root: resolve(directory),
    name: 'Comity exercise',
    members: exerciseMembers,
    seeds: exerciseSeeds(new Date()),
    databaseUrl: process.env.DATABASE_URL,
    offerAccounts: true,
    onProgress: (text) => say(`Comity: ${text} …`),
  })
  const seconds = Math.round((performance.now() - started) / 100) / 10
  const nodes = [...federation.nodes.values()].sort((a, b) => (a.url < b.url ? -1 : 1))
  if (json) console.log(JSON.stringify({ ready: true, seconds, nodes, accounts: federation.accounts }))
  say(`\nEXERCISE. All people, companies and events are invented.\n\nReady in ${seconds} s. The nodes:\n`)
  for (const it of nodes) {
    say(`  ${it.name}\n    ${it.url}    API: ${it.url}/api`)
    for (const account of federation.accounts.filter((one) => one.member === it.member)) {
      say(`    ${account.username.padEnd(11)} password ${account.password}    token ${account.token}`)
    }
    say('')
  }
  const [first] = nodes.filter((it) => it.member === 'fr')
  if (first !== undefined) {
    say(`Try:  export COMITY_URL=${first.url} COMITY_TOKEN=${federation.token('fr', 'officer')}`)
    say(`      scripts/comity subjects list --purpose counter-terrorism --reference demo-1`)
  }
  say(`Data is in ${resolve(directory)}. Stop with Ctrl-C.`)
  await stopped.promise
  say('\nStopping …')
}
