import { z } from 'zod'
import { fault } from '#capabilities/border/faults'
import type { Presented } from '#capabilities/border/presented'
import { type MrzField, type MrzReading, readMrz } from '#formats/travel/mrz'

/** The zone as the person at the desk sees it: field by field, with the verdict of each check digit, and nothing corrected. */

const verdicts = ['ok', 'wrong', 'absent', 'none'] as const

export const ReadZone = z.object({
  format: z.string(),
  lines: z.array(z.string()),
  /** What had to be done to the text to get at the lines. */
  notes: z.array(z.string()),
  fields: z.array(
    z.object({
      name: z.string(),
      raw: z.string(),
      value: z.string(),
      /** `none`: the format has no check digit for it, as for names and countries. */
      verdict: z.enum(verdicts),
      /** The century was chosen among several that are possible. */
      uncertain: z.boolean(),
    }),
  ),
  composite: z.enum(verdicts),
  checksAgree: z.boolean(),
  specimen: z.boolean(),
  /** Likelier readings of a field whose digit is wrong. Offered; the document was looked up as it reads. */
  suggestions: z.array(z.object({ field: z.string(), raw: z.string(), readings: z.array(z.string()) })),
})
export type ReadZone = z.infer<typeof ReadZone>

/** Throws `border/unreadable`. `today` is an ISO date. */
export function readZone(text: string, today: string): { zone: ReadZone; presented: Presented } {
  const reading = readMrz(text, { today })
  if (reading.kind === 'unreadable')
    throw fault(
      'border/unreadable',
      'No machine readable zone can be found in this text. Scan it again, or type the fields.',
    )
  return { zone: zoneOf(reading), presented: presentedOf(reading) }
}

function zoneOf(reading: MrzReading): ReadZone {
  const { format, lines, notes, composite, checksAgree, isSpecimen, suggestions } = reading
  const shown = (name: string, field: MrzField<unknown>, value: string, uncertain = false) => ({
    name,
    raw: field.raw,
    value,
    verdict: field.check?.verdict ?? ('none' as const),
    uncertain,
  })
  const { primary, secondary } = reading.names.value
  return {
    format,
    lines: [...lines],
    notes: [...notes],
    fields: [
      shown('names', reading.names, [primary, secondary].filter((it) => it !== '').join(', ')),
      shown('documentNumber', reading.documentNumber, reading.documentNumber.value),
      shown('issuer', reading.issuer, reading.issuer.value?.code ?? ''),
      shown('documentCode', reading.documentCode, reading.documentCode.value),
      shown('birthDate', reading.birthDate, reading.birthDate.value.value ?? '', reading.birthDate.value.uncertain),
      shown('nationality', reading.nationality, reading.nationality.value?.code ?? ''),
      shown('sex', reading.sex, reading.sex.value.value ?? ''),
      shown('expiryDate', reading.expiryDate, reading.expiryDate.value.value ?? '', reading.expiryDate.value.uncertain),
      shown('optional', reading.optional, reading.optional.value),
    ],
    composite: composite?.verdict ?? 'none',
    checksAgree,
    specimen: isSpecimen,
    suggestions: suggestions.map(({ field, raw, repairs }) => ({
      field,
      raw,
      readings: repairs.map((it) => (it.value === '' ? it.digit : it.value)),
    })),
  }
}

function presentedOf({
  names,
  birthDate,
  nationality,
  documentNumber,
  documentCode,
  issuer,
  expiryDate,
}: MrzReading): Presented {
  const { primary, secondary } = names.value
  const number = documentNumber.value.trim()
  const date = birthDate.value
  return {
    names: [[secondary, primary].filter((it) => it !== '').join(' ')].filter((it) => it !== ''),
    birthDate: date.value,
    birthDates: date.uncertain ? [...date.candidates] : [],
    nationalities: nationality.value?.iso == null ? [] : [nationality.value.iso],
    documents:
      number === ''
        ? []
        : [
            {
              number,
              kind: kindOf(documentCode.value),
              issuer: issuer.value?.iso ?? null,
              issuerCode: issuer.value?.code ?? null,
              expiry: expiryDate.value.value,
            },
          ],
  }
}

/** ICAO Doc 9303: P for passports, V for visas, A, C and I for cards. */
function kindOf(code: string): string | null {
  switch (code[0]) {
    case 'P':
      return 'passport'
    case 'V':
      return 'visa'
    case 'A':
    case 'C':
    case 'I':
      return 'identity-card'
    default:
      return null
  }
}
