/** What a column of a user's file can mean: a property of the query, its schema, or the user's own reference. */
export type ColumnMeaning =
  | 'name'
  | 'firstName'
  | 'middleName'
  | 'lastName'
  | 'alias'
  | 'birthDate'
  | 'birthPlace'
  | 'gender'
  | 'nationality'
  | 'country'
  | 'passportNumber'
  | 'idNumber'
  | 'taxNumber'
  | 'registrationNumber'
  | 'imoNumber'
  | 'email'
  | 'phone'
  | 'address'
  | 'schema'
  | 'reference'

const words: Readonly<Record<ColumnMeaning, readonly string[]>> = {
  name: [
    'name',
    'full name',
    'fullname',
    'customer name',
    'client name',
    'party name',
    'company name',
    'nom complet',
    'nombre completo',
  ],
  firstName: [
    'first name',
    'firstname',
    'given name',
    'given names',
    'forename',
    'forenames',
    'prenom',
    'prenoms',
    'nombre',
    'nombres',
  ],
  middleName: ['middle name', 'middlename', 'second name', 'patronymic'],
  lastName: ['last name', 'lastname', 'surname', 'family name', 'nom', 'nom de famille', 'apellido', 'apellidos'],
  alias: ['alias', 'aliases', 'aka', 'a k a', 'also known as', 'other names'],
  birthDate: [
    'birth date',
    'birthdate',
    'date of birth',
    'dob',
    'birthday',
    'year of birth',
    'yob',
    'date de naissance',
    'fecha de nacimiento',
  ],
  birthPlace: ['birth place', 'birthplace', 'place of birth', 'pob', 'lieu de naissance', 'lugar de nacimiento'],
  gender: ['gender', 'sex', 'sexe', 'sexo'],
  nationality: ['nationality', 'nationalities', 'citizenship', 'nationalite', 'nacionalidad'],
  country: ['country', 'country code', 'country of residence', 'residence', 'pays', 'pais'],
  passportNumber: ['passport', 'passport number', 'passport no', 'passport nr', 'passeport', 'pasaporte'],
  idNumber: [
    'id',
    'id number',
    'id no',
    'identity number',
    'national id',
    'national id number',
    'document number',
    'document no',
  ],
  taxNumber: ['tax number', 'tax id', 'tin', 'vat number'],
  registrationNumber: ['registration number', 'registration no', 'company number', 'registration'],
  imoNumber: ['imo', 'imo number', 'imo no'],
  email: ['email', 'e mail', 'email address'],
  phone: ['phone', 'phone number', 'telephone', 'mobile'],
  address: ['address', 'full address', 'adresse', 'direccion'],
  schema: ['schema', 'type', 'entity type', 'party type', 'customer type', 'kind'],
  reference: ['reference', 'ref', 'customer id', 'client id', 'customer number', 'record id', 'row id', 'external id'],
}

export const columnMeanings = Object.keys(words) as ColumnMeaning[]
const meaningOf = new Map(columnMeanings.flatMap((meaning) => words[meaning].map((it) => [it, meaning] as const)))

/** Headers compare without accents, letter case and punctuation: 'Date_of_Birth', 'date of birth', 'DATE-OF-BIRTH'. */
export function foldHeader(header: string): string {
  const plain = header.slice(0, 200).normalize('NFKD').replace(/\p{M}/gu, '')
  return plain
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((it) => it !== '')
    .join(' ')
}

/** What a header says in English, French or Spanish; null when it is none of the known ones. */
export function recogniseColumn(header: string): ColumnMeaning | null {
  return meaningOf.get(foldHeader(header)) ?? null
}
