import { Button, Fieldset, Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { emptySubject, put } from '#capabilities/subjects/form'
import { heldSchemata } from '#protocol/vocabulary'
import { newKey, useForm, useOrdered } from './form-context'
import { FactList } from './form-facts'
import { MarkField } from './form-mark'

/** Documents, accounts, addresses and vehicles that the subject holds, each with its own facts and its own mark. */
export function HeldList() {
  const { t } = useTranslation()
  const { writing, change } = useForm()
  const add = (schema: (typeof heldSchemata)[number]) =>
    change(
      put(writing, `/body/holds/${newKey()}`, {
        schema,
        statements: emptySubject(schema, newKey()).body.statements,
      }),
    )
  return (
    <>
      {useOrdered(writing.body.holds).map(([key, { schema, statements }]) => (
        <Fieldset key={key} legend={t(`subjects.schemata.${schema}`)} className="entity">
          <FactList pointer={`/body/holds/${key}`} schema={schema} statements={statements} />
          <div className="entity-mark">
            <MarkField pointer={`/body/holds/${key}`} />
            <Button variant="default" onClick={() => change(put(writing, `/body/holds/${key}`, undefined))}>
              {t('subjects.form.removeHeld', { what: t(`subjects.schemata.${schema}`) })}
            </Button>
          </div>
        </Fieldset>
      ))}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default">{t('subjects.form.addHeld')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {heldSchemata.map((it) => (
            <Menu.Item key={it} onClick={() => add(it)}>
              {t(`subjects.schemata.${it}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
