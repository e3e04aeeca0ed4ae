import { resolve } from 'node:path'
import { tales } from '#capabilities/exercise/tales'
import { exerciseDocuments } from '#node/exercise-documents'
import { exerciseMembers } from '#node/exercise-members'
import { exerciseSeeds } from '#node/exercise-seeds'
import { launchFederation } from '#node/launch'

const storyBegins = tales[0]?.steps[0]?.office

export interface StartOptions {
  readonly directory: string
  readonly json: boolean
}

/** Records and travel documents that the offices have when the exercise begins, by member and capability. */
function seedsOf(now: Date): Record<string, Record<string, unknown>> {
  const [records, documents] = [exerciseSeeds(now), exerciseDocuments(now)]
  const members = new Set([...Object.keys(records), ...Object.keys(documents)])
  return Object.fromEntries([...members].map((it) => [it, { ...records[it], ...documents[it] }]))
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
    seeds: seedsOf(new Date()),
    databaseUrl: process.env.DATABASE_URL,
    offerAccounts: true,
    onProgress: (text) => say(`Comity: ${text} …`),
  })
  const seconds = Math.round((performance.now() - started) / 100) / 10
  const nodes = [...federation.nodes.values()].sort((a, b) => (a.url < b.url ? -1 : 1))
  if (json) console.log(JSON.stringify({ ready: true, seconds, nodes, accounts: federation.accounts }))
  say(`\nEXERCISE. All people, companies and events are invented.\n\nReady in ${seconds} s. The nodes:\n`)
  for (const it of nodes) {
    say(`  ${it.name}\n    ${it.url}    API: ${it.url}/api    process ${it.pid}`)
    for (const account of federation.accounts.filter((one) => one.member === it.member)) {
      say(`    ${account.username.padEnd(11)} password ${account.password}    token ${account.token}`)
    }
    say('')
  }
  const [first] = nodes.filter((it) => it.member === 'fr')
  if (first !== undefined) {
    say(`From the command line:  export COMITY_URL=${first.url} COMITY_TOKEN=${federation.token('fr', 'officer')}`)
    say(`                        scripts/comity subjects list --purpose counter-terrorism --reference demo-1`)
  }
  say(`An office that does not answer: kill -STOP its process, and later kill -CONT.`)
  say(`Data is in ${resolve(directory)}. Stop with Ctrl-C.\n`)
  const opening = nodes.find((it) => it.member === storyBegins)
  if (opening !== undefined)
    say(
      `Begin here: open ${opening.url} and choose Exercise: stories in ${tales.map((it) => it.steps.length).join(' and ')} steps through all offices.\n` +
        `            ${opening.url}/console/exercise?as=officer leads straight to it; one click signs in.`,
    )
  await stopped.promise
  say('\nStopping …')
}
