/** What the graph draws: things, and relations between them. The graph keeps nothing; whoever shows it stores what is changed. */

export interface NetworkNode {
  readonly id: string
  /** As data: in any script, never marked up. */
  readonly label: string
  /** FollowTheMoney schema: `Person`, `Company`. */
  readonly schema: string
  /** A few words more, shown in the list. */
  readonly note?: string
  /** Known only here: named in a relation, with no record of its own. */
  readonly weak?: boolean
  /** Where its record opens, within the console. */
  readonly href?: string
}

export interface NetworkEdge {
  readonly id: string
  /** Ids of nodes. A relation whose ends are not both among the nodes is not drawn. */
  readonly from: string
  readonly to: string
  readonly label: string
  /** FollowTheMoney schema of the relation: `Family`, `Ownership`. */
  readonly schema: string
  /** ISO 8601, whole or partial. */
  readonly since?: string
  readonly until?: string
}

export interface Drawn {
  readonly nodes: readonly NetworkNode[]
  readonly edges: readonly NetworkEdge[]
}

/** Graphs with more relations than this are drawn with thin lines, and without names while they move. */
export const largeFrom = 3_000

/** The relations of each node, by its id. */
export function relationsByNode(edges: readonly NetworkEdge[]): ReadonlyMap<string, readonly NetworkEdge[]> {
  const found = new Map<string, NetworkEdge[]>()
  const add = (id: string, edge: NetworkEdge) => {
    const known = found.get(id)
    if (known === undefined) found.set(id, [edge])
    else known.push(edge)
  }
  for (const edge of edges) {
    add(edge.from, edge)
    if (edge.to !== edge.from) add(edge.to, edge)
  }
  return found
}

export const otherEnd = (edge: NetworkEdge, id: string) => (edge.from === id ? edge.to : edge.from)

export interface Scope {
  /** Schemata of relations that are left out. */
  readonly hidden: ReadonlySet<string>
  /** Around which nodes, and how many steps from them; `undefined` for everything. */
  readonly around?: { readonly ids: readonly string[]; readonly steps: number }
  /** Nodes whose relations are drawn beside what the steps reach. */
  readonly expanded?: ReadonlySet<string>
}

/** What of a graph is drawn: without the relations left out, and near what it is about. */
export function drawnOf({ nodes, edges }: Drawn, { hidden, around, expanded = new Set() }: Scope): Drawn {
  const known = new Set(nodes.map((it) => it.id))
  const kept = edges.filter((it) => !hidden.has(it.schema) && known.has(it.from) && known.has(it.to))
  if (around === undefined) return { nodes, edges: kept }
  const near = relationsByNode(kept)
  const reached = new Set(around.ids.filter((it) => known.has(it)))
  let edge = [...reached]
  for (let step = 0; step < around.steps; step++) {
    const next = edge.flatMap((id) => (near.get(id) ?? []).map((it) => otherEnd(it, id)))
    edge = [...new Set(next)].filter((id) => !reached.has(id))
    for (const id of edge) reached.add(id)
  }
  for (const id of expanded) if (reached.has(id)) for (const it of near.get(id) ?? []) reached.add(otherEnd(it, id))
  return {
    nodes: nodes.filter((it) => reached.has(it.id)),
    edges: kept.filter((it) => reached.has(it.from) && reached.has(it.to)),
  }
}
