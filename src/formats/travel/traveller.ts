import type { TravelCountry } from '#formats/travel/travel-country'
import type { ResolvedDate } from '#formats/travel/travel-dates'
import type { TravelName } from '#formats/travel/travel-name'

export type TravellerRole = 'passenger' | 'crew' | 'unlisted'
export type DocumentKind = string

export interface StatedSex {
  readonly raw: string
  /** Null when the text says none of them. */
  readonly value: 'male' | 'female' | 'unspecified' | null
}

export interface TravelDocument {
  /** As the message has it: 'P', 'V', 'IP'. */
  readonly type: string
  /** What the table makes of the type; null when it does not know it. */
  readonly kind: DocumentKind | null
  readonly number: string
  readonly issuer: TravelCountry | null
  readonly expiry: ResolvedDate | null
}

export interface OtherReference {
  readonly qualifier: string
  readonly value: string
}

export interface StatedPlace {
  /** Code of the place or country, empty when there is a name alone. */
  readonly code: string
  readonly name: string
  readonly country: TravelCountry | null
}

export interface Contact {
  /** 'TE', 'FX', 'EM'…, as the message has it. */
  readonly channel: string
  readonly value: string
}

/** A person of a PAXLST. Every field is as far as the message gives it. */
export interface Traveller {
  readonly role: TravellerRole
  readonly transit: boolean
  /** The party code as it stands: FL, FM, DDU, DDT or another. */
  readonly party: string
  /** Byte offset of the person's NAD. */
  readonly offset: number
  /** Null only in `unnamed`. */
  readonly name: TravelName | null
  readonly sex: StatedSex | null
  readonly birthDate: ResolvedDate | null
  readonly birthPlace: StatedPlace | null
  readonly nationalities: readonly TravelCountry[]
  readonly residence: StatedPlace | null
  /** Address parts of NAD in their order; empty without any. */
  readonly address: readonly string[]
  readonly embarkation: string | null
  readonly disembarkation: string | null
  readonly clearance: string | null
  readonly documents: readonly TravelDocument[]
  readonly bookingLocator: string | null
  /** What an interactive answer names the person by. */
  readonly passengerReference: string | null
  readonly seats: readonly string[]
  readonly otherReferences: readonly OtherReference[]
  readonly otherPlaces: readonly OtherReference[]
  readonly contacts: readonly Contact[]
  readonly bags: { readonly pieces: number | null; readonly weight: string | null; readonly tags: readonly string[] }
}

export interface FlightEnd {
  /** IATA code of the place as the message has it; null when missing. */
  readonly place: string | null
  readonly time: { readonly raw: string; readonly local: string | null } | null
}

export interface FlightLeg {
  readonly flight: string
  readonly carrier: string
  readonly departure: FlightEnd
  readonly arrival: FlightEnd
  /** Places of the leg with no time of their own. */
  readonly via: readonly string[]
}
