import { newTraveller, type TifName, type TravellerDraft, type TravellerSource } from '#formats/travel/pnr-traveller'
import { folded, nearTravelName, sameTravelName, type TravelName } from '#formats/travel/travel-name'

/** So many of one family name are compared by spelling; more of them are told apart by reference alone. */
const mostCompared = 200

/** The travellers of one record, found by reference and by name without walking all of them. */
export function startPeople() {
  const all: TravellerDraft[] = []
  const references = new Map<string, TravellerDraft[]>()
  const surnames = new Map<string, TravellerDraft[]>()

  function add(
    source: TravellerSource,
    name: TravelName,
    { offset, type = '', reference = '' }: Added,
  ): TravellerDraft {
    const traveller = { ...newTraveller(source, name, offset), type, reference }
    all.push(traveller)
    listIn(surnames, folded(name.surname)).push(traveller)
    if (reference !== '') listIn(references, reference).push(traveller)
    return traveller
  }

  const byReference = (reference: string): readonly TravellerDraft[] => references.get(reference) ?? []
  const byName = (name: TravelName): readonly TravellerDraft[] =>
    (surnames.get(folded(name.surname)) ?? []).slice(-mostCompared).filter((it) => sameTravelName(it.name, name))

  /** Whom a later TIF of the record means; undefined when it is nobody of them. */
  function find({ name, reference }: TifName): TravellerDraft | undefined {
    if (name === null) return undefined
    const referred = byReference(reference).find((it) => sameTravelName(it.name, name))
    if (referred !== undefined) return referred
    const named = byName(name)
    const unreferred = named.find((it) => it.reference === reference)
    if (unreferred !== undefined) return unreferred
    if (named.length > 0)
      return named.length === 1 && (reference === '' || named[0]!.reference === '') ? named[0] : undefined
    // a reference stands for one traveller, whose name was damaged in one of the places
    return byReference(reference).find((it) => nearTravelName(it.name, name))
  }

  function refer(traveller: TravellerDraft, reference: string) {
    traveller.reference = reference
    if (reference !== '') listIn(references, reference).push(traveller)
  }

  /** Both spellings of a name that differs are kept: nobody can say which one is damaged. */
  function spell(traveller: TravellerDraft, name: TravelName) {
    const known = [traveller.name, ...traveller.otherNames]
    if (!known.some((it) => sameTravelName(it, name))) traveller.otherNames.push(name)
  }

  return { all: all as readonly TravellerDraft[], add, byReference, byName, find, refer, spell }
}

export type People = ReturnType<typeof startPeople>

interface Added {
  readonly offset: number
  readonly type?: string
  readonly reference?: string
}

function listIn(map: Map<string, TravellerDraft[]>, key: string): TravellerDraft[] {
  const found = map.get(key) ?? []
  if (found.length === 0) map.set(key, found)
  return found
}
