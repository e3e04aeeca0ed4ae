import type { Drawn, NetworkEdge, NetworkNode } from './relation'

/** Numbers between 0 and 1 that are the same every time. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

const schemata = ['Person', 'Person', 'Person', 'Company', 'Organization', 'Vehicle', 'BankAccount', 'Address']
const relations = ['Associate', 'Family', 'Membership', 'Ownership', 'UnknownLink']

/** An invented graph in circles of acquaintance, most relations within one: the shape that real ones have. */
export function inventGraph(nodeCount: number, edgeCount: number): Drawn {
  const random = numbers(20_261_127)
  const draw = () => random.next().value
  const circles = Math.max(1, Math.round(nodeCount / 100))
  const nodes: NetworkNode[] = Array.from({ length: nodeCount }, (_, at) => {
    const schema = schemata[Math.floor(draw() * schemata.length)]!
    return { id: `n${at}`, label: `${schema} ${at} EXERCISE`, schema, weak: draw() < 0.1 }
  })
  const within = (circle: number) => {
    const size = Math.ceil((nodeCount - circle) / circles)
    return circle + circles * Math.floor(size * draw() ** 2)
  }
  const edges: NetworkEdge[] = Array.from({ length: edgeCount }, (_, at) => {
    const circle = Math.floor(draw() * circles)
    const other = draw() < 0.9 ? circle : Math.floor(draw() * circles)
    const schema = relations[Math.floor(draw() * relations.length)]!
    return { id: `e${at}`, from: `n${within(circle)}`, to: `n${within(other)}`, label: schema, schema }
  })
  return { nodes, edges }
}
