import { copyFileSync } from 'node:fs'

/**
 * `node bench/matching/fit-names.ts`: writes src/matching/name-weights.json anew, from first-weights.json, by one round of
 * name-fit.ts. The engine reads its weights when it is loaded: they are put in place before.
 */
const [first, weights] = ['./first-weights.json', '../../src/matching/name-weights.json'].map(
  (path) => new URL(path, import.meta.url),
)
copyFileSync(first!, weights!)
await import('./name-fit.ts')
