import './diff.css'
import { useTranslation } from 'react-i18next'
import type { Json } from '#kernel/canonical'
import type { Mark } from '#protocol/handling'
import { type Difference, isTree, keyOf, same } from './compare'
import { type Sayings, useSayings } from './say'

interface Line {
  readonly key: string
  readonly name: string
  readonly before: readonly string[] | null
  readonly after: readonly string[] | null
}

/** What exactly is not the same in two versions of a record: before beside after, one line for each thing. */
export function DiffTable({
  type,
  caption,
  differences,
  nameOfMarked,
}: {
  type: string
  caption: string
  differences: readonly Difference[]
  /** What a mark is on, where the difference itself does not tell. */
  nameOfMarked: (pointer: string) => Json | undefined
}) {
  const { t } = useTranslation()
  const sayings = useSayings(type)
  const lines = differences.flatMap((it) => linesOf(it, sayings, { nameOfMarked, mark: t('web.diff.mark') }))
  return (
    <table className="facts diff">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {(['what', 'before', 'after'] as const).map((it) => (
            <th key={it} scope="col">
              {t(`web.diff.${it}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, name, before, after }) => {
          const kind = before === null ? 'added' : after === null ? 'removed' : 'changed'
          return (
            <tr key={key} className={kind}>
              <th scope="row">
                <bdi>{name}</bdi> <span className="tag">{t(`web.diff.${kind}`)}</span>
              </th>
              <td>{before !== null && <Said parts={before} as="del" />}</td>
              <td>{after !== null && <Said parts={after} as="ins" />}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

export function Said({ parts, as: Part }: { parts: readonly string[]; as: 'del' | 'ins' | 'span' }) {
  const [first, ...rest] = parts
  return (
    <Part>
      <bdi>{first}</bdi>
      {rest.length > 0 && (
        <span className="under">
          <bdi>{rest.join(' · ')}</bdi>
        </span>
      )}
    </Part>
  )
}

/** One line; several for an entity of which only some statements changed. */
export function linesOf(
  difference: Difference,
  sayings: Sayings,
  { nameOfMarked, mark }: { nameOfMarked: (pointer: string) => Json | undefined; mark: string },
): Line[] {
  const { place, pointer, before, after } = difference
  const key = keyOf(difference)
  if (place === 'mark') {
    const name = sayings.nameAt(pointer, nameOfMarked(pointer))
    const says = (it: Json | undefined) => (it === undefined ? null : [sayings.mark(it as Mark)])
    return [{ key, name: `${mark}: ${name}`, before: says(before), after: says(after) }]
  }
  const parts = innerOf(difference)
  const line = (at: string, was: Json | undefined, is: Json | undefined, within?: string): Line => {
    const name = sayings.nameAt(at, is ?? was)
    return {
      key: `${place} ${at}`,
      name: within === undefined ? name : `${within}: ${name}`,
      before: was === undefined ? null : sayings.valueAt(at, was),
      after: is === undefined ? null : sayings.valueAt(at, is),
    }
  }
  if (parts === undefined) return [line(pointer, before, after)]
  const within = sayings.nameAt(pointer, after ?? before)
  return parts.map((it) => line(it.pointer, it.before, it.after, within))
}

/** The statements that differ within one entity, when it is otherwise the same. */
function innerOf({ pointer, before, after }: Difference): Difference[] | undefined {
  if (!isTree(before) || !isTree(after) || !isTree(before.statements) || !isTree(after.statements)) return undefined
  const { statements: was, ...head } = before
  const { statements: is, ...otherHead } = after
  if (!same(head, otherHead)) return undefined
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((it) => !same(was[it], is[it]))
  return keys.map((key) => ({
    place: 'body',
    pointer: `${pointer}/statements/${key}`,
    ...(was[key] === undefined ? {} : { before: was[key] }),
    ...(is[key] === undefined ? {} : { after: is[key] }),
  }))
}

/** What stands at a pointer of a body: what a mark is on. */
export function valueAt(body: object, pointer: string): Json | undefined {
  return pointer
    .slice('/body/'.length)
    .split('/')
    .reduce<Json | undefined>((at, key) => (isTree(at) ? at[key] : undefined), body as Json)
}
