import { useTranslation } from 'react-i18next'
import { type Move, type OfficeId, officeIds, type StoryStep } from '#capabilities/exercise/steps'

/** Middle of each office's box. Diagrams are not mirrored: arrows of a story keep their direction in every language. */
const at: Readonly<Record<OfficeId, readonly [x: number, y: number]>> = {
  fr: [100, 130],
  secretariat: [360, 34],
  ke: [620, 66],
  id: [620, 194],
  'horizon-bank': [360, 226],
}
const box = { width: 184, height: 52 }

/** The five offices: who acts, what moves, and what each then holds. The list says the same in words. */
export function OfficesDiagram({ step, here }: { step: StoryStep; here: string }) {
  const { t } = useTranslation()
  const { office: actor, moves, holds } = step
  return (
    <figure className="offices">
      <figcaption>{t('exercise.diagram.title')}</figcaption>
      <svg viewBox="0 0 720 260" aria-hidden="true" direction="ltr">
        <defs>
          <marker id="moves" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
            <path d="M0 0 8 4 0 8z" />
          </marker>
        </defs>
        {moves.map((it) => (
          <Arrow key={`${it.from} ${it.to}`} move={it} />
        ))}
        {officeIds.map((id) => {
          const [x, y] = at[id]
          return (
            <g
              key={id}
              className={`office-box holds-${holds[id]}${id === actor ? ' acts' : ''}`}
              transform={`translate(${x - box.width / 2} ${y - box.height / 2})`}
            >
              <rect width={box.width} height={box.height} rx="4" />
              <text x={box.width / 2} y="22" className="office-name">
                {t(`exercise.offices.${id}`)}
                {id === here && ` (${t('exercise.diagram.here')})`}
              </text>
              <text x={box.width / 2} y="41">
                {t(`exercise.holds.${id === 'secretariat' ? 'directory' : holds[id]}`)}
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
            {t(`exercise.holds.${id === 'secretariat' ? 'directory' : holds[id]}`)}
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

function Arrow({ move: { from, to, what } }: { move: Move }) {
  const { t } = useTranslation()
  const [start, end] = [edge(from, to), edge(to, from)]
  const [x, y] = [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2]
  return (
    <g className="move">
      <path d={`M${start.join(' ')} L${end.join(' ')}`} markerEnd="url(#moves)" />
      <text x={x} y={y + 5}>
        {t(`exercise.cargo.${what}`)}
      </text>
    </g>
  )
}

/** Where the line between two middles leaves the first box, a little outside of it. */
function edge(from: OfficeId, to: OfficeId): readonly [number, number] {
  const [[x, y], [toX, toY]] = [at[from], at[to]]
  const [dx, dy] = [toX - x, toY - y]
  const reach = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : (box.width / 2 + 4) / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : (box.height / 2 + 4) / Math.abs(dy),
  )
  return [Math.round(x + dx * reach), Math.round(y + dy * reach)]
}
