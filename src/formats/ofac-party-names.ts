import { addName, addProperty, type ListEntry, type NameKind } from '#formats/list-entry'
import type { References } from '#formats/ofac-references'
import { plainText } from '#formats/text'
import { attribute, childrenOf, type XmlElement } from '#formats/xml-elements'

/** The order in which a person's parts are read out; other scripts keep the order in which the list writes them. */
const spoken = ['First Name', 'Middle Name', 'Patronymic', 'Last Name', 'Matronymic', 'Maiden Name']
const propertyOf: Readonly<Record<string, string>> = {
  'First Name': 'firstName',
  'Middle Name': 'middleName',
  Patronymic: 'fatherName',
  'Last Name': 'lastName',
  Matronymic: 'motherName',
}
const kinds: Readonly<Record<string, NameKind>> = { 'a.k.a.': 'alias', 'f.k.a.': 'previousName', 'n.k.a.': 'alias' }

interface Part {
  readonly type: string
  readonly text: string
  readonly script: string
}

/** Every documented name of an identity, in every script, with its kind; OFAC's LowQuality is a weak alias (FAQ 122). */
export function addPartyNames(entry: ListEntry, identity: XmlElement, references: References): void {
  const types = new Map<string, string>()
  for (const groups of childrenOf(identity, 'NamePartGroups'))
    for (const master of childrenOf(groups, 'MasterNamePartGroup'))
      for (const group of childrenOf(master, 'NamePartGroup'))
        types.set(attribute(group, 'ID'), references.text('NamePartType', group.attributes.NamePartTypeID))
  const isFalse = identity.attributes.False === 'true'
  for (const alias of childrenOf(identity, 'Alias')) {
    const isWeak = alias.attributes.LowQuality === 'true'
    const label = references.text('AliasType', alias.attributes.AliasTypeID)
    const isPrimary = alias.attributes.Primary === 'true' && identity.attributes.Primary !== 'false'
    const kind = isWeak ? 'weakAlias' : isPrimary ? 'name' : (kinds[label.toLowerCase()] ?? 'alias')
    const quality = [isPrimary ? '' : label, isWeak ? 'weak' : '', isFalse ? 'false identity' : '']
    const as = { kind, quality: quality.filter(Boolean).join(', ') || null } as const
    for (const name of childrenOf(alias, 'DocumentedName')) {
      const parts = partsOf(name, { types, references })
      addParts(entry, parts, as)
      if (isPrimary && isLatin(parts)) addPartProperties(entry, parts)
    }
  }
}

function partsOf(
  name: XmlElement,
  { types, references }: { types: ReadonlyMap<string, string>; references: References },
): Part[] {
  return childrenOf(name, 'DocumentedNamePart').flatMap((part) =>
    childrenOf(part, 'NamePartValue').map((value) => ({
      type: types.get(attribute(value, 'NamePartGroupID')) ?? '',
      text: plainText(value.text),
      script: references.text('Script', value.attributes.ScriptID),
    })),
  )
}

function isLatin(parts: readonly Part[]): boolean {
  return parts.every((it) => it.script === '' || it.script === 'Latin')
}

function addParts(
  entry: ListEntry,
  parts: readonly Part[],
  as: { readonly kind: NameKind; readonly quality: string | null },
): void {
  const nicknames = parts.filter((it) => it.type === 'Nickname')
  const others = parts.filter((it) => it.type !== 'Nickname')
  const place = (it: Part) => (spoken.includes(it.type) ? spoken.indexOf(it.type) : spoken.length)
  const ordered = isLatin(others) ? others.toSorted((a, b) => place(a) - place(b)) : others
  const whole = (ordered.length > 0 ? ordered : nicknames).map((it) => it.text).join(' ')
  addName(entry, { value: whole, ...as })
  // A nickname beside a full name is one more name, and one that is too short to alert alone.
  if (ordered.length > 0)
    for (const it of nicknames) addName(entry, { value: it.text, kind: 'weakAlias', quality: 'Nickname' })
}

function addPartProperties(entry: ListEntry, parts: readonly Part[]): void {
  if (entry.schema !== 'Person') return
  for (const { type, text } of parts) {
    const property = propertyOf[type]
    if (property !== undefined) addProperty(entry, property, text)
  }
}
