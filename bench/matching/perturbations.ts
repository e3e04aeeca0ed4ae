import type { Random } from '../invented.ts'

type Properties = Record<string, readonly string[]>

const names = new Set(['name', 'alias'])
const dates = new Set(['birthDate', 'incorporationDate'])
const kept = new Set(['name', 'alias', 'gender'])

/** What a second office would have written: attributes missing, dates less exact or wrong, numbers mostly its own. */
export function perturbed(properties: Properties, draw: Random, isQuery: boolean): Properties {
  const changed: Properties = {}
  for (const [property, values] of Object.entries(properties)) {
    if (names.has(property)) {
      changed[property] = values.map((it) => (draw() < 0.25 ? mistyped(it, draw) : it))
      continue
    }
    const isNumber = values.some((it) => (it.match(/\d/g) ?? []).length >= 5) && !dates.has(property)
    if (!kept.has(property) && draw() < (isNumber && isQuery ? 0.85 : 0.35)) continue
    changed[property] = dates.has(property) ? values.slice(0, 1).map((it) => misdated(it, draw)) : values.slice(0, 2)
  }
  return changed
}

function mistyped(text: string, draw: Random): string {
  const at = 1 + Math.floor(draw() * Math.max(1, text.length - 2))
  const which = draw()
  if (which < 0.35) return text.slice(0, at) + text.slice(at + 1)
  if (which < 0.7) return text.slice(0, at) + text.slice(at, at + 1) + text.slice(at)
  return text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2)
}

function misdated(text: string, draw: Random): string {
  const [year, month, day] = text.split('-')
  const which = draw()
  if (year === undefined || !/^\d{4}$/.test(year)) return text
  if (which < 0.62) return text
  if (which < 0.74) return year
  if (which < 0.8) return String(Number(year) + (draw() < 0.5 ? -1 : 1))
  if (month === undefined || day === undefined) return text
  if (which < 0.86) return Number(day) <= 12 ? `${year}-${day}-${month}` : text
  if (which < 0.9) return `${Number(year) + (draw() < 0.5 ? -1 : 1)}-${month}-${day}`
  if (which < 0.94)
    return `${year}-${month}-${day.startsWith('0') ? `1${day[1]}` : `0${day[1] === '0' ? '1' : day[1]}`}`
  return `circa ${year}`
}
