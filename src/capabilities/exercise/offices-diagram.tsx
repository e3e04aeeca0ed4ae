import { useTranslation } from 'react-i18next'
import { type Move, type OfficeId, officeIds } from '#capabilities/exercise/steps'
import type { TaleStep } from '#capabilities/exercise/tales'

/** In a row, as drawn: arrows of a story keep their direction in every language, so diagrams are not mirrored. */
const row: readonly OfficeId[] = ['secretariat', 'horizon-bank', 'fr', 'ke', 'id']
const box = { width: 204, height: 54, gap: 25, top: 96 }
const leftOf = (id: OfficeId) => 2 + row.indexOf(id) * (box.width + box.gap)
const middleOf = (id: OfficeId) => leftOf(id) + box.width / 2

/** The five offices: who acts, what moves, and what each then holds. The list says the same in words. */
export function OfficesDiagram({ step, here }: { step: TaleStep; here: string }) {
  const { t } = useTranslation()
  const { office: actor, moves, holds } = step
  const top = Math.min(box.top - 6, ...moves.map((it) => box.top - 18 - heightOf(it)))
  return (
    <figure className="offices">
      <figcaption>{t('exercise.diagram.title')}</figcaption>
      <svg viewBox={`0 ${top} 1124 ${box.top + box.height + 4 - top}`} aria-hidden="true" direction="ltr">
        <defs>
          <marker id="moves" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
            <path d="M0 0 8 4 0 8z" />
          </marker>
        </defs>
        {moves.map((it) => (
          <Arrow key={`${it.from} ${it.to}`} move={it} />
        ))}
        {row.map((id) => {
          return (
            <g
              key={id}
              className={`office-box holds-${holds[id]}${id === actor ? ' acts' : ''}`}
              transform={`translate(${leftOf(id)} ${box.top})`}
            >
              <rect width={box.width} height={box.height} rx="4" />
              <text x={box.width / 2} y="22" className="office-name">
                {t(`exercise.offices.${id}`)}
                {id === here && ` (${t('exercise.diagram.here')})`}
              </text>
              <text x={box.width / 2} y="41">
                {t(`exercise.holds.${holds[id]}`)}
              </text>
            </g>
          )
        })}
      </svg>
      <ul className="office-list">
        {officeIds.map((id) => (
          <li key={id} {...(id === actor ? { 'aria-current': 'true' } : {})}>
            <strong>{t(`exercise.offices.${id}`)}</strong>
            {id === here && ` (${t('exercise.diagram.here')})`}
            {': '}
            {t(`exercise.holds.${holds[id]}`)}
            {id === actor && `. ${t('exercise.diagram.acts')}`}
            {moves
              .filter((it) => it.from === id)
              .map((it) => `. ${t(`exercise.cargo.${it.what}`)} → ${t(`exercise.offices.${it.to}`)}`)
              .join('')}
          </li>
        ))}
      </ul>
    </figure>
  )
}

const steps = (from: OfficeId, to: OfficeId) => Math.abs(row.indexOf(from) - row.indexOf(to))
const heightOf = ({ from, to }: Move) => 35 * steps(from, to) - 5

/** From top to top, the higher the more offices it passes over. */
function Arrow({ move }: { move: Move }) {
  const { t } = useTranslation()
  const { from, to, what } = move
  const [start, end] = [middleOf(from), middleOf(to)]
  const aside = (24 / steps(from, to)) * Math.sign(end - start) // so that no two arrows begin or end in one point
  const height = heightOf(move)
  const [x, y] = [(start + end) / 2, box.top - 4]
  return (
    <g className="move">
      <path d={`M${start + aside} ${y} Q${x} ${y - 2 * height} ${end - aside} ${y}`} markerEnd="url(#moves)" />
      <text x={x} y={y - height + 4}>
        {t(`exercise.cargo.${what}`)}
      </text>
    </g>
  )
}
