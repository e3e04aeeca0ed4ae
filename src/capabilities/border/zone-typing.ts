/** Lengths of the lines of a machine readable zone: three of 30, two of 36 or of 44 (ICAO Doc 9303). Runs in the browser. */
const whole: readonly number[] = [90, 72, 88]

/** Whether a zone has been scanned to its end, so that Enter sends it; before that Enter is the end of a line. */
export function isWholeZone(text: string): boolean {
  return whole.includes(text.replace(/\s/g, '').length)
}
