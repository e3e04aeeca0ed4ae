import type { Me } from './node'
import { office } from './office'
import { type ConsolePage, type Duty, duties, type Role } from './part'
import { parts } from './parts'

export interface DutyPages {
  readonly duty: Duty
  readonly pages: readonly [ConsolePage, ...ConsolePage[]]
}

const all = parts.flatMap(({ duty, pages }) => pages.map((it) => ({ ...it, duty: it.duty ?? duty })))

export function isFor({ roles }: { readonly roles: readonly Role[] | 'signed-in' }, me: Pick<Me, 'roles'>): boolean {
  return roles === 'signed-in' || roles.some((it) => me.roles.includes(it))
}

/** The pages that these roles have in the navigation, by duty and in its order. */
export function dutiesFor(me: Pick<Me, 'roles'>): readonly DutyPages[] {
  const shown = all.filter(
    (it) => it.order !== undefined && (it.when !== 'exercise' || office.exercise) && isFor(it, me),
  )
  return duties.flatMap((duty) => {
    const [first, ...others] = shown.filter((it) => it.duty === duty).sort((a, b) => a.order! - b.order!)
    return first === undefined ? [] : [{ duty, pages: [first, ...others] }]
  })
}

export function pagesFor(me: Pick<Me, 'roles'>): readonly ConsolePage[] {
  return dutiesFor(me).flatMap(({ pages }) => pages)
}

/** Those too that have a name and no place in the navigation. */
export function namedPagesFor(me: Pick<Me, 'roles'>): readonly ConsolePage[] {
  return [...pagesFor(me), ...all.filter((it) => it.named === true && isFor(it, me))]
}

/** Whose page this is: `/subjects/$id`. */
export function dutyAt(path: string): Duty | undefined {
  return all.find((it) => it.path === path)?.duty
}
