import { currentKey, type Directory } from '#protocol/directory'
import { type OwnKey, openOwnKey, type PrivateJwk } from '#protocol/keys'

export interface Keyring {
  signingKey(directory: Directory, now: Date): OwnKey
  sealingKeys(): readonly OwnKey[]
  all(): readonly OwnKey[]
}

/** The private keys of this node. Which of them signs is the directory's word: the one that it lists as current. */
export async function openKeyring(member: string, jwks: readonly PrivateJwk[]): Promise<Keyring> {
  const keys = await Promise.all(jwks.map(openOwnKey))
  const byKid = new Map(keys.map((it) => [it.kid, it]))
  return {
    signingKey(directory, now) {
      const listed = currentKey(directory, { member, use: 'sign', at: now })
      const key = byKid.get(listed.kid)
      if (key !== undefined) return key
      // The directory already lists a key that this machine has not been given; an older valid one still signs.
      const valid = directory.members
        .find((it) => it.id === member)
        ?.keys.find((it) => it.use === 'sign' && byKid.has(it.kid))
      if (valid === undefined) throw new Error(`none of the keys in the key file of ${member} is in the directory`)
      return byKid.get(valid.kid)!
    },
    sealingKeys: () => keys.filter((it) => it.use === 'seal'),
    all: () => keys,
  }
}
