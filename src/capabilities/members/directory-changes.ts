import type { Directory, DirectoryKey, Member } from '#protocol/directory'

/**
 * What a directory changes against another, one line for each thing that is different. Runs in the browser too: whoever signs
 * sees what the text that is signed says, not what a node says of it.
 */
export interface DirectoryChange {
  readonly kind:
    | 'member-added'
    | 'member-removed'
    | 'member-suspended'
    | 'member-restored'
    | 'member-changed'
    | 'key-added'
    | 'key-removed'
    | 'key-revoked'
    | 'key-changed'
    | 'group-added'
    | 'group-removed'
    | 'group-changed'
    | 'directory-changed'
  /** Id of the member or group; the name of the federation for the directory itself. */
  readonly id: string
  readonly name: string
  /** What of it, as in `contact.phone`; the thumbprint for a key. */
  readonly field: string | null
  /** What a key is for. */
  readonly use?: 'sign' | 'seal'
  readonly before: string | null
  readonly after: string | null
}

type Line = Omit<DirectoryChange, 'kind' | 'id' | 'name'> & Partial<Pick<DirectoryChange, 'kind'>>

export function compareDirectories(before: Directory, after: Directory): DirectoryChange[] {
  return [
    ...compareHeads(before, after),
    ...pairs(before.members, after.members).flatMap(([old, young]) => compareMembers(old, young)),
    ...pairs(before.groups, after.groups).flatMap(([old, young]) => compareGroups(old, young)),
  ]
}

function compareHeads(before: Directory, after: Directory): DirectoryChange[] {
  const texts = (it: Directory) =>
    new Map([
      ['federation', it.federation],
      ['exercise', String(it.exercise)],
      ['expiresAt', it.expiresAt],
    ])
  return compareTexts(texts(before), texts(after)).map((it) => ({
    kind: 'directory-changed',
    id: after.federation,
    name: after.federation,
    ...it,
  }))
}

function compareMembers(old: Member | undefined, young: Member | undefined): DirectoryChange[] {
  const { id, name } = (young ?? old)!
  const about = (kind: DirectoryChange['kind'], line: Line): DirectoryChange => ({ id, name, kind, ...line })
  const nothing = { field: null, before: null, after: null }
  if (young === undefined) return [about('member-removed', nothing)]
  const suspension =
    (old?.suspended ?? false) === young.suspended
      ? []
      : [about(young.suspended ? 'member-suspended' : 'member-restored', nothing)]
  return [
    ...(old === undefined ? [about('member-added', nothing)] : []),
    ...suspension,
    ...compareTexts(old === undefined ? new Map() : textsOf(old), textsOf(young)).map((it) =>
      about('member-changed', it),
    ),
    ...pairs(old?.keys ?? [], young.keys, (it) => it.kid)
      .map(([had, has]) => compareKeys(had, has))
      .flatMap((line) => (line === undefined ? [] : [about(line.kind!, line)])),
  ]
}

/** Each thing that a directory says of a member, but its suspension and its keys. */
function textsOf(member: Member): Map<string, string> {
  const { name, kind, country, mandates, endpoint, contact, roles } = member
  return new Map(
    Object.entries({
      name,
      kind,
      country: country ?? '',
      mandates: listed(mandates),
      'endpoint.url': endpoint.url,
      'endpoint.certificate': endpoint.certificate ?? '',
      'contact.desk': contact.desk,
      'contact.email': contact.email,
      'contact.phone': contact.phone,
      'contact.hours': contact.hours,
      roles: listed(roles),
    }),
  )
}

/** A list as one text that no other list has: what could be taken for its seams is quoted. */
function listed(items: readonly string[]): string {
  return items.map((it) => (/["\n,]|^\s|\s$/.test(it) || it === '' ? JSON.stringify(it) : it)).join(', ')
}

function compareKeys(had: DirectoryKey | undefined, has: DirectoryKey | undefined): Line | undefined {
  const field = (has ?? had)!.kid
  const { use } = (has ?? had)!
  if (has === undefined) return { kind: 'key-removed', field, use, before: windowOf(had!), after: null }
  if (had === undefined) return { kind: 'key-added', field, use, before: null, after: windowOf(has) }
  const [before, after] = [windowOf(had), windowOf(has)]
  if (has.revokedAt !== undefined && had.revokedAt === undefined)
    return { kind: 'key-revoked', field, use, before, after }
  if (before === after && had.use === has.use && had.jwk.x === has.jwk.x && had.jwk.crv === has.jwk.crv)
    return undefined
  return { kind: 'key-changed', field, use, before: `${before} ${had.jwk.x}`, after: `${after} ${has.jwk.x}` }
}

function windowOf({ notBefore, notAfter, revokedAt }: DirectoryKey): string {
  const revoked = revokedAt === undefined ? '' : ` × ${revokedAt}`
  return `${notBefore} → ${notAfter}${revoked}`
}

type Group = Directory['groups'][number]

function compareGroups(old: Group | undefined, young: Group | undefined): DirectoryChange[] {
  const { id, name } = (young ?? old)!
  const texts = (it: Group | undefined) =>
    new Map<string, string>(
      it === undefined
        ? []
        : [
            ['name', it.name],
            ['members', listed(it.members)],
          ],
    )
  if (young === undefined)
    return [{ kind: 'group-removed', id, name, field: 'members', before: listed(old!.members), after: null }]
  return compareTexts(texts(old), texts(young)).map((it) => ({
    kind: old === undefined ? 'group-added' : 'group-changed',
    id,
    name,
    ...it,
  }))
}

function compareTexts(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Line[] {
  return [...after].flatMap(([field, value]) => {
    const had = before.get(field) ?? ''
    return had === value ? [] : [{ field, before: had === '' ? null : had, after: value === '' ? null : value }]
  })
}

/** Things of both sides by what names them: those that are there after first, in their order, then those that are gone. */
function pairs<Item>(
  before: readonly Item[],
  after: readonly Item[],
  nameOf: (item: Item) => string = (it) => (it as { id: string }).id,
): [Item | undefined, Item | undefined][] {
  const old = new Map(before.map((it) => [nameOf(it), it]))
  const young = new Map(after.map((it) => [nameOf(it), it]))
  return [...new Set([...young.keys(), ...old.keys()])].map((name) => [old.get(name), young.get(name)])
}
