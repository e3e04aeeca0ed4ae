import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { firstProperty, put, type Statements } from '#capabilities/subjects/form'
import { type SchemaName, schemata } from '#protocol/vocabulary'
import { newKey, useForm, useOrdered } from './form-context'
import { FactRow } from './form-fact'

interface FactListProps {
  /** Of the entity whose statements these are. */
  readonly pointer: string
  readonly schema: SchemaName
  readonly statements: Statements
  /** Whether there may be none: a relation can stand without a word. */
  readonly optional?: boolean
}

/** The facts of one entity, a row for each; every property of its schema can be said, and more than once. */
export function FactList({ pointer, schema, statements, optional = false }: FactListProps) {
  const { t } = useTranslation()
  const { writing, change, errors } = useForm()
  const [added, setAdded] = useState<string>()
  const rows = useOrdered(statements)
  const wrong = errors.get(`${pointer}/statements`)
  const add = () => {
    const key = newKey()
    setAdded(key)
    change(put(writing, `${pointer}/statements/${key}`, { property: nextProperty(schema, statements), value: '' }))
  }
  return (
    <div className="fact-list">
      {rows.map(([key, statement], at) => (
        <div key={key} ref={key === added ? focusOnce : null}>
          <FactRow
            pointer={`${pointer}/statements/${key}`}
            schema={schema}
            statement={statement}
            first={at === 0}
            removable={optional || rows.length > 1}
          />
        </div>
      ))}
      {wrong !== undefined && (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      )}
      <Button variant="default" onClick={add}>
        {t('subjects.addFact')}
      </Button>
    </div>
  )
}

/** A row that was just added takes the keyboard; one that was there does not. */
function focusOnce(row: HTMLDivElement | null): void {
  if (row === null || row.dataset.seen !== undefined) return
  row.dataset.seen = ''
  row.querySelector<HTMLElement>('input')?.focus()
}

const usual = ['alias', 'birthDate', 'nationality', 'country', 'startDate', 'notes']

/** What is usually said next and was not said yet. */
function nextProperty(schema: SchemaName, statements: Statements): string {
  const known: readonly string[] = schemata[schema]
  const said = new Set(Object.values(statements).map((it) => it.property))
  if (!said.has(firstProperty(schema))) return firstProperty(schema)
  return usual.find((it) => known.includes(it) && !said.has(it)) ?? usual.find((it) => known.includes(it)) ?? known[0]!
}
