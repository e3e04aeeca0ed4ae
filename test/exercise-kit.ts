import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type NodeConfig, readJson, writeJson } from '#node/config'

const Person = z.object({
  username: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  password: z.string(),
})
const Seed = z.object({ people: z.object({ people: z.array(Person) }) })
const Config = z.object({ publicUrl: z.string() })

/** Has a node of a stage offer its accounts and the other consoles, as `npm start` has all of its nodes. */
export function offerDesks(member: string, root: string): Partial<NodeConfig> {
  const { people: seed } = readJson(join(root, member, 'seed.json'), Seed)
  const members = readdirSync(root, { withFileTypes: true }).filter((it) => it.isDirectory())
  const offices = members.map(({ name }) => ({
    member: name,
    url: readJson(join(root, name, 'node.json'), Config).publicUrl,
  }))
  writeJson(join(root, member, 'exercise.json'), { accounts: seed.people, offices }, 0o600)
  return { exerciseFile: 'exercise.json' }
}
