const said = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content ?? ''

/** What the node says of itself in its page, before anybody signs in. */
export const office = {
  name: said('comity-office'),
  exercise: said('comity-exercise') === 'true',
  styleNonce: said('comity-style-nonce'),
}
