import type { z } from 'zod'
import { type FeatureDocs, fault } from '#capabilities/screening/yente-shapes'
import { yenteKeys } from '#matching/yente'

/** The one way of matching here answers to every name that yente's clients ask for. */
export const algorithm = 'comity'
const known: ReadonlySet<string> = new Set([
  algorithm,
  'best',
  'auto',
  'logic-v1',
  'logic-v2',
  'regression-v1',
  'regression-v2',
  'regression-v3',
  'name-based',
  'name-qualified',
  'ofac-249',
])

/** Throws `screening/no-algorithm`: whoever counts on another way of matching has to know that it is not there. */
export function checkAlgorithm(name: string | undefined): void {
  if (name !== undefined && !known.has(name))
    throw fault('screening/no-algorithm', `There is no algorithm ${name}. Ask for ${algorithm}.`)
}

export function featureDocs(): z.infer<typeof FeatureDocs> {
  const url = 'https://github.com/opensanctions/nomenklatura'
  return Object.fromEntries(
    Array.from(yenteKeys, ([name, description]) => [name, { description, url, coefficient: 1 }]),
  )
}
