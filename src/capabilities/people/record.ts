import { z } from 'zod'
import { scopes } from '#http/operation'
import { idPattern } from '#kernel/ids'
import { roles } from '#policy/roles'

/** People are rows of one node, never records: nothing of them travels but the ids in audit entries. */

export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{0,61}[a-z0-9]$/, '2 to 63 letters, digits, dots, hyphens or underscores')

export const PersonName = z.string().trim().min(1).max(120)
export const Roles = z.array(z.enum(roles)).min(1).max(roles.length)
export const Scopes = z.array(z.enum(scopes)).min(1).max(scopes.length)

/** What somebody types. How strong a new one has to be is a rule, `checkPassword`. */
export const TypedPassword = z.string().min(1).max(256)

/** Six digits, in whatever groups they were typed. */
export const Code = z.string().trim().min(6).max(16)
export const RecoveryCode = z.string().trim().min(1).max(64)
export const Reason = z.string().trim().min(3).max(1_000)

export const TokenName = z.string().trim().min(1).max(80)
export const tokenDaysLimit = 365
export const TokenDays = z.coerce.number().int().min(1).max(tokenDaysLimit)

export const PersonParams = z.object({ id: z.string().regex(idPattern('per')) })
export const SessionParams = z.object({ id: z.string().regex(idPattern('ses')) })
export const TokenParams = z.object({ id: z.string().regex(idPattern('tok')) })
export const PasskeyParams = z.object({ id: z.string().regex(idPattern('pky')) })

export const Person = z.object({ id: z.string(), username: z.string(), name: z.string(), roles: Roles })
export type Person = z.infer<typeof Person>

export const ListedPerson = Person.extend({
  createdAt: z.string(),
  /** The last sign-in, for finding accounts that nobody uses. */
  signedInAt: z.string().nullable(),
  disabledAt: z.string().nullable(),
  /** `one-time` until the person has replaced what an administrator handed over. */
  password: z.enum(['own', 'one-time']),
  /** Whether there is a second factor; null for those who do not oversee sign-ins. */
  secondFactor: z.boolean().nullable(),
})
export type ListedPerson = z.infer<typeof ListedPerson>

export const Session = z.object({
  id: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  userAgent: z.string().nullable(),
  /** By what it was opened. */
  factor: z.enum(['password', 'passkey', 'password+totp', 'password+passkey', 'password+recovery']),
  network: z.enum(['loopback', 'private', 'public']).nullable(),
  current: z.boolean(),
})

export const Token = z.object({
  id: z.string(),
  person: z.object({ id: z.string(), name: z.string() }),
  name: z.string(),
  scopes: Scopes,
  /** For what it is used, where the program cannot say so with each request. */
  purpose: z.string().nullable(),
  reference: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  revokedReason: z.string().nullable(),
})

export const Passkey = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  /** Whether it is copied between devices by its maker's cloud, or stays on one. */
  synced: z.boolean(),
})

/** Exercise accounts in a seed file. Their secrets are published with the exercise, so a real node refuses them. */
export const PeopleSeed = z.strictObject({
  people: z
    .array(
      z.strictObject({
        username: Username,
        name: PersonName,
        roles: Roles,
        password: z.string().min(8).max(256),
        tokens: z
          .array(
            z.strictObject({
              token: z.string().regex(/^comity_[A-Za-z0-9_-]{16,128}$/),
              name: TokenName,
              scopes: Scopes,
              days: TokenDays.default(tokenDaysLimit),
            }),
          )
          .max(16)
          .default([]),
      }),
    )
    .max(1_000),
})
export type PeopleSeed = z.infer<typeof PeopleSeed>
