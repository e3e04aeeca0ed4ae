export interface MrzNames {
  readonly raw: string
  /** As printed, fillers as blanks; empty when the document has none. */
  readonly primary: string
  readonly secondary: string
  /** The field is full to its last place: the name may go on in the document. */
  readonly possiblyTruncated: boolean
  /** It holds digits, which no name of a document does: a scanner may have read letters as them. */
  readonly hasDigits: boolean
}

/** Two fillers part the primary from the secondary identifier, one filler parts words (ICAO Doc 9303 part 3, section 4.6). */
export function readMrzNames(raw: string): MrzNames {
  const cut = raw.indexOf('<<')
  const [primary, secondary] = cut === -1 ? [raw, ''] : [raw.slice(0, cut), raw.slice(cut + 2)]
  return {
    raw,
    primary: words(primary),
    secondary: words(secondary),
    possiblyTruncated: !raw.endsWith('<'),
    hasDigits: /\d/.test(raw),
  }
}

function words(text: string): string {
  return text.replace(/<+/g, ' ').trim()
}
