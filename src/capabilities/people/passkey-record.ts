import { z } from 'zod'

/** What browsers send back from a ceremony: the JSON forms of WebAuthn level 3, section 5.1, with lengths that bound the work. */

const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/)

const credential = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
}

export const RegistrationResponse = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_096),
    attestationObject: base64url(16_384),
    transports: z.array(z.string().max(32)).max(8).default([]),
  }),
})
export type RegistrationResponse = z.infer<typeof RegistrationResponse>

/** Browsers add to it as WebAuthn grows; what is not here is not read. */
export const AuthenticationResponse = z.looseObject({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4_096),
    authenticatorData: base64url(4_096),
    signature: base64url(8_192),
    userHandle: base64url(128),
  }),
})
export type AuthenticationResponse = z.infer<typeof AuthenticationResponse>

/** Options as `PublicKeyCredential.parse…OptionsFromJSON` takes them in the browser. */
export const CeremonyOptions = z.looseObject({ challenge: z.string() })
