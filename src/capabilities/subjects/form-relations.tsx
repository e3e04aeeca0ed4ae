import { Button, Fieldset, Radio, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { emptySubject, put } from '#capabilities/subjects/form'
import type { Subject } from '#capabilities/subjects/record'
import { nodeSchemata, relationSchemata } from '#protocol/vocabulary'
import { newKey, useForm, useOrdered } from './form-context'
import { FactList } from './form-facts'
import { MarkField } from './form-mark'
import { OtherRecord } from './form-other'

type Relation = Subject['relations'][string]

/** A relation to somebody whose record is still to be found; of a record, when it is known which. */
export function emptyRelation(record = ''): Relation {
  return { schema: 'UnknownLink', other: { record: record as `rec_${string}` }, statements: {} }
}

/** How the subject stands to others: to a record that this office holds, or to somebody who has none. */
export function RelationList() {
  const { t } = useTranslation()
  const { writing, change } = useForm()
  return (
    <>
      {useOrdered(writing.body.relations).map(([key, it]) => (
        <RelationFields key={key} id={key} relation={it} />
      ))}
      <Button variant="default" onClick={() => change(put(writing, `/body/relations/${newKey()}`, emptyRelation()))}>
        {t('subjects.form.addRelation')}
      </Button>
    </>
  )
}

function RelationFields({ id, relation }: { id: string; relation: Relation }) {
  const { t } = useTranslation()
  const { writing, change } = useForm()
  const pointer = `/body/relations/${id}`
  const { schema, other, statements, reversed = false } = relation
  const set = (name: string, value: unknown) => change(put(writing, `${pointer}/${name}`, value))
  const named = !('record' in other)
  return (
    <Fieldset legend={t(`subjects.schemata.${schema}`)} className="entity" id={`relation-${id}`}>
      <div className="relation-line">
        <Select
          label={t('subjects.form.relation')}
          value={schema}
          onChange={(it) => it !== null && set('schema', it)}
          data={relationSchemata.map((it) => ({ value: it, label: t(`subjects.schemata.${it}`) }))}
        />
        <Select
          label={t('subjects.form.end')}
          value={reversed ? 'second' : 'first'}
          onChange={(it) => set('reversed', it === 'second' ? true : undefined)}
          data={(['first', 'second'] as const).map((it) => ({ value: it, label: t(`subjects.ends.${schema}.${it}`) }))}
        />
      </div>
      <Radio.Group
        label={t('subjects.form.other')}
        value={named ? 'named' : 'record'}
        onChange={(it) =>
          set(
            'other',
            it === 'record'
              ? emptyRelation().other
              : { schema: 'Person', statements: emptySubject('Person', newKey()).body.statements },
          )
        }
      >
        <div className="choices-line">
          <Radio value="record" label={t('subjects.form.otherRecord')} />
          <Radio value="named" label={t('subjects.form.otherNamed')} />
        </div>
      </Radio.Group>
      {'record' in other ? (
        <OtherRecord pointer={`${pointer}/other`} record={other.record} />
      ) : (
        <>
          <Select
            label={t('subjects.form.otherKind')}
            value={other.schema}
            onChange={(it) => it !== null && set('other/schema', it)}
            data={nodeSchemata.map((it) => ({ value: it, label: t(`subjects.schemata.${it}`) }))}
          />
          <FactList pointer={`${pointer}/other`} schema={other.schema} statements={other.statements} />
        </>
      )}
      <p className="under">{t('subjects.form.aboutRelation')}</p>
      <FactList pointer={pointer} schema={schema} statements={statements} optional />
      <div className="entity-mark">
        <MarkField pointer={pointer} />
        <Button variant="default" onClick={() => change(put(writing, pointer, undefined))}>
          {t('subjects.form.removeRelation')}
        </Button>
      </div>
    </Fieldset>
  )
}
