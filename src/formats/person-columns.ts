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
    'nombre y apellidos',
    'nom et prenom',
    'الاسم',
    'الاسم الكامل',
    'اسم العميل',
    'اسم الشركة',
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
    'الاسم الأول',
    'الاسم الشخصي',
  ],
  middleName: ['middle name', 'middlename', 'second name', 'patronymic', 'segundo nombre', 'اسم الأب', 'الاسم الأوسط'],
  lastName: [
    'last name',
    'lastname',
    'surname',
    'family name',
    'nom',
    'nom de famille',
    'apellido',
    'apellidos',
    'اسم العائلة',
    'اللقب',
    'الكنية',
  ],
  alias: [
    'alias',
    'aliases',
    'aka',
    'a k a',
    'also known as',
    'other names',
    'autres noms',
    'otros nombres',
    'اسم مستعار',
    'الأسماء الأخرى',
  ],
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
    'تاريخ الميلاد',
    'تاريخ الولادة',
    'سنة الميلاد',
  ],
  birthPlace: [
    'birth place',
    'birthplace',
    'place of birth',
    'pob',
    'lieu de naissance',
    'lugar de nacimiento',
    'مكان الميلاد',
    'مكان الولادة',
    'محل الميلاد',
  ],
  gender: ['gender', 'sex', 'sexe', 'sexo', 'genero', 'الجنس', 'النوع'],
  nationality: ['nationality', 'nationalities', 'citizenship', 'nationalite', 'nacionalidad', 'الجنسية'],
  country: [
    'country',
    'country code',
    'country of residence',
    'residence',
    'pays',
    'pais',
    'البلد',
    'الدولة',
    'بلد الإقامة',
  ],
  passportNumber: [
    'passport',
    'passport number',
    'passport no',
    'passport nr',
    'passeport',
    'pasaporte',
    'numero de passeport',
    'numero de pasaporte',
    'رقم جواز السفر',
    'رقم الجواز',
    'جواز السفر',
  ],
  idNumber: [
    'id',
    'id number',
    'id no',
    'identity number',
    'national id',
    'national id number',
    'document number',
    'document no',
    'numero d identite',
    'numero de documento',
    'dni',
    'رقم الهوية',
    'الرقم الوطني',
    'رقم الوثيقة',
  ],
  taxNumber: ['tax number', 'tax id', 'tin', 'vat number', 'numero fiscal', 'nif', 'الرقم الضريبي'],
  registrationNumber: [
    'registration number',
    'registration no',
    'company number',
    'registration',
    'numero d immatriculation',
    'numero de registro',
    'siren',
    'رقم السجل',
    'السجل التجاري',
    'رقم التسجيل',
  ],
  imoNumber: ['imo', 'imo number', 'imo no', 'numero omi', 'رقم المنظمة البحرية'],
  email: [
    'email',
    'e mail',
    'email address',
    'courriel',
    'correo',
    'correo electronico',
    'البريد الإلكتروني',
    'بريد إلكتروني',
  ],
  phone: ['phone', 'phone number', 'telephone', 'mobile', 'telefono', 'movil', 'الهاتف', 'رقم الهاتف', 'الجوال'],
  address: ['address', 'full address', 'adresse', 'direccion', 'domicilio', 'العنوان'],
  schema: ['schema', 'type', 'entity type', 'party type', 'customer type', 'kind'],
  reference: [
    'reference',
    'ref',
    'customer id',
    'client id',
    'customer number',
    'record id',
    'row id',
    'external id',
    'referencia',
    'numero de client',
    'numero de cliente',
    'المرجع',
    'رقم العميل',
    'رقم المرجع',
  ],
}

export const columnMeanings = Object.keys(words) as ColumnMeaning[]
const meaningOf = new Map(
  columnMeanings.flatMap((meaning) => words[meaning].map((it) => [foldHeader(it), meaning] as const)),
)

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

/** What a header says in English, French, Spanish or Arabic; null when it is none of the known ones. */
export function recogniseColumn(header: string): ColumnMeaning | null {
  return meaningOf.get(foldHeader(header)) ?? null
}
