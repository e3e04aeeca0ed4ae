import { z } from 'zod'
import { sealSecret } from '#capabilities/people/factor-key'
import { beginTotp } from '#capabilities/people/factor-rules'
import { readFactors } from '#capabilities/people/factor-store'
import type { PersonRow } from '#capabilities/people/store'
import { keyUri, newTotpSecret } from '#capabilities/people/totp'
import type { Services } from '#http/services'

export const NewAuthenticator = z.object({
  secret: z.string().describe('Base32. Shown once: once it is confirmed the node gives it to nobody.'),
  uri: z.string().describe('The same for a QR code: otpauth://totp/…'),
})

/** A new secret for the person's authenticator, which counts once a code of it was right. */
export async function beginAuthenticator(
  person: Pick<PersonRow, 'id' | 'roles' | 'username'>,
  { store, directories, identity, settings }: Services,
): Promise<z.infer<typeof NewAuthenticator>> {
  const { totp } = await readFactors(store, person)
  const secret = newTotpSecret()
  const sealed = sealSecret(secret, person.id, settings)
  await store.commit(beginTotp(person, totp, { sealed, now: store.clock.now() }))
  const { name } = directories.current().members.find((it) => it.id === identity.me) ?? { name: identity.me }
  return { secret, uri: keyUri(secret, { issuer: name, label: person.username }) }
}
