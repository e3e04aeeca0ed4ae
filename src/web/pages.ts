import type { Me } from './node'
import { office } from './office'
import type { ConsolePage, Role } from './part'
import { parts } from './parts'

export function isFor({ roles }: { readonly roles: readonly Role[] | 'signed-in' }, me: Pick<Me, 'roles'>): boolean {
  return roles === 'signed-in' || roles.some((it) => me.roles.includes(it))
}

/** The pages that these roles have, in the order of the navigation. */
export function pagesFor(me: Pick<Me, 'roles'>): readonly ConsolePage[] {
  return parts
    .flatMap((it) => it.pages)
    .filter((it) => it.order !== undefined && (it.when !== 'exercise' || office.exercise) && isFor(it, me))
    .sort((a, b) => a.order! - b.order!)
}

/** Those too that have a name and no place in the navigation. */
export function namedPagesFor(me: Pick<Me, 'roles'>): readonly ConsolePage[] {
  const others = parts.flatMap((it) => it.pages).filter((it) => it.named === true && isFor(it, me))
  return [...pagesFor(me), ...others]
}
