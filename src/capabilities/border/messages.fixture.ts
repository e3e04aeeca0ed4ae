/** Passenger messages for tests: EXERCISE people only. */

export interface SaidPassenger {
  readonly name?: string | undefined
  readonly birth?: string | undefined
  readonly number?: string | undefined
  readonly reference?: string | undefined
}

/** PAXLST D.05B as carriers write it; a passenger without a name has an empty one. */
export function paxlst(passengers: readonly SaidPassenger[], { stated = passengers.length } = {}): Uint8Array {
  const people = passengers.flatMap(({ name, birth, number, reference }) => [
    `NAD+FL+++${name ?? ''}`,
    'ATT+2++M',
    ...(birth === undefined ? [] : [`DTM+329:${birth}`]),
    'LOC+178+NBO',
    'LOC+179+CDG',
    'NAT+2+KEN',
    ...(reference === undefined ? [] : [`RFF+AVF:LOC${reference}`, `RFF+ABO:${reference}`]),
    ...(number === undefined ? [] : [`DOC+P:110:111+${number}`, 'DTM+36:300101', 'LOC+91+KEN']),
  ])
  const segments = [
    'BGM+745',
    'RFF+TN:EX1',
    'NAD+MS+++EXERCISE AIR',
    'COM+00 000:TE',
    'TDT+20+EX101+++EX',
    'LOC+125+NBO',
    'DTM+189:2611271000:201',
    'LOC+87+CDG',
    'DTM+232:2611271800:201',
    ...people,
    `CNT+42:${stated}`,
  ]
  return Buffer.from(
    `${[
      'UNA:+.? ',
      'UNB+UNOA:4+EXAIR+EXGOV+261127:0900+1',
      'UNG+PAXLST+EXAIR+EXGOV+261127:0900+1+UN+D:05B',
      'UNH+1+PAXLST:D:05B:UN:IATA+EX1+01:F',
      ...segments,
      `UNT+${segments.length + 2}+1`,
      'UNE+1+1',
      'UNZ+1+1',
    ].join("'\n")}'\n`,
  )
}

/** A name record with a meal and a wheelchair, which nobody here may learn of. */
export const pnrgov = Buffer.from(
  `${[
    'UNA:+.? ',
    'UNB+IATA:1+EXAIR+EXGOV+261127:0900+1++PNRGOV',
    'UNH+1+PNRGOV:11:1:IA+EX1/261127/CDG',
    'MSG+:22',
    'ORG+EX:NBO+99999999+NBO+++A:KE',
    'TVL+271126:1000:271126:1800+NBO+CDG+EX+101',
    'EQN+1',
    'SRC',
    'RCI+EX:ABC123::261120:1000',
    'SSR+VGML:HK:1:EX',
    'SSR+WCHR:HK:1:EX',
    'TIF+OKELLO+IDRIS:A:1',
    'SSR+DOCS:HK:1:EX:::::P/KEN/AK0123456/KEN/03JUL84/M/01JAN30/OKELLO/IDRIS',
    'TVL+271126:1000:271126:1800+NBO+CDG+EX+101:Y',
    'UNT+13+1',
    'UNZ+1+1',
  ].join("'\n")}'\n`,
)
