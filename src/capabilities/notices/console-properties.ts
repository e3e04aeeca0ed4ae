/** The properties that the form asks for of each kind of subject, in the order of reading, and how each is written. */

export type Writing = 'text' | 'texts' | 'country' | 'countries' | 'date' | 'gender'

type Property = readonly [name: string, writing: Writing]

export const properties: Readonly<Record<string, readonly Property[]>> = {
  Person: [
    ['lastName', 'text'],
    ['firstName', 'text'],
    ['name', 'text'],
    ['alias', 'texts'],
    ['gender', 'gender'],
    ['birthDate', 'date'],
    ['birthPlace', 'text'],
    ['nationality', 'countries'],
    ['fatherName', 'text'],
    ['motherName', 'text'],
    ['passportNumber', 'texts'],
    ['idNumber', 'texts'],
    ['height', 'text'],
    ['eyeColor', 'text'],
    ['hairColor', 'text'],
    ['appearance', 'text'],
    ['address', 'text'],
  ],
  Organization: [
    ['name', 'text'],
    ['alias', 'texts'],
    ['country', 'country'],
    ['registrationNumber', 'text'],
    ['address', 'text'],
    ['website', 'text'],
  ],
  Company: [
    ['name', 'text'],
    ['alias', 'texts'],
    ['jurisdiction', 'country'],
    ['registrationNumber', 'text'],
    ['leiCode', 'text'],
    ['address', 'text'],
  ],
  Vessel: [
    ['name', 'text'],
    ['previousName', 'texts'],
    ['imoNumber', 'text'],
    ['mmsi', 'text'],
    ['callSign', 'text'],
    ['flag', 'country'],
    ['type', 'text'],
  ],
  Airplane: [
    ['name', 'text'],
    ['registrationNumber', 'text'],
    ['serialNumber', 'text'],
    ['model', 'text'],
    ['country', 'country'],
  ],
  Vehicle: [
    ['name', 'text'],
    ['registrationNumber', 'text'],
    ['vin', 'text'],
    ['model', 'text'],
    ['type', 'text'],
    ['country', 'country'],
  ],
}
