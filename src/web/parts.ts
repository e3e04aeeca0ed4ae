import type { ConsolePart } from './part'

const found = import.meta.glob<{ console: ConsolePart }>('../capabilities/*/console.ts', { eager: true })

/** Every capability's part of the console. */
export const parts: readonly ConsolePart[] = Object.values(found).map((it) => it.console)
