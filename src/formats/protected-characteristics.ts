/**
 * Protected characteristics that some feeds carry: they are dropped where a file is read and reach neither a record nor a
 * note. Names of fields, as feeds write them; prose that mentions one is not searched.
 */
const names =
  /\b(?:ethnic\w*|race|racial|religio\w*|faith|sect|political\w*|politics|party membership|trade union\w*|sexual\w*|complexion|skin colou?r)\b/i

/** Whether a field or a feature of this name says a protected characteristic of a person. */
export function isProtected(field: string): boolean {
  return names.test(field.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_-]/g, ' '))
}
