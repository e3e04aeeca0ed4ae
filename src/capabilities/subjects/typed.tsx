import { captionOf } from '#capabilities/subjects/caption'
import { entitiesOf } from '#capabilities/subjects/form'
import type { Typed } from './subject-form'

/** One line by which a person knows again what they typed. */
export function captionOfTyped({ writing: { body } }: Typed): string {
  const said = Object.values(body.statements).some((it) => it.value.trim() !== '')
  return said ? captionOf(body) : ''
}

/** What was typed as text, to compare two drafts by. */
export function textOfTyped({ writing }: Typed): string {
  return entitiesOf(writing)
    .flatMap(({ statements }) => Object.values(statements).map((it) => `${it.property}: ${it.value}`))
    .join('\n')
}
