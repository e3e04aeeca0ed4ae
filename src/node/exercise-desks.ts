import { z } from 'zod'
import type { ExerciseDesks } from '#http/services'
import { type NodeConfig, readJson } from '#node/config'
import { roles } from '#policy/roles'
import { MemberId } from '#protocol/handling'

/** The file that `exerciseFile` of a configuration names: written for the nodes of an exercise on one machine, mode 0600. */
export const ExerciseDesksFile = z.strictObject({
  accounts: z.array(
    z.strictObject({ username: z.string(), name: z.string(), roles: z.array(z.enum(roles)), password: z.string() }),
  ),
  offices: z.array(z.strictObject({ member: MemberId, url: z.url() })),
})

/**
 * Reads it for a node that only this machine can reach, in a federation whose signed directory says that it is an exercise.
 * Any other node gets nothing, whatever its configuration says.
 */
export function readExerciseDesks(config: NodeConfig, exercise: boolean): ExerciseDesks | undefined {
  const { exerciseFile, listen, publicUrl } = config
  if (exerciseFile === undefined || !exercise) return undefined
  if (!isLoopback(listen.host) || !isLoopback(new URL(publicUrl).hostname)) return undefined
  return readJson(exerciseFile, ExerciseDesksFile)
}

/** Addresses that never leave the machine: 127.0.0.0/8 (RFC 1122 section 3.2.1.3), `::1`, and `localhost` (RFC 6761 section 6.3). */
function isLoopback(host: string): boolean {
  const plain = host.replace(/^\[|\]$/g, '').toLowerCase()
  return plain === 'localhost' || plain === '::1' || /^127(?:\.\d{1,3}){3}$/.test(plain)
}
