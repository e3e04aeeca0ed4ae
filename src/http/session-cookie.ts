/** Cookies know no ports: nodes of one machine would sign people out of each other under one name. */
export function sessionCookieName(member: string): string {
  return `comity-${member}`
}
