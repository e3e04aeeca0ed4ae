import { useTranslation } from 'react-i18next'
import { dateFormat } from '#kernel/language-formats'
import { type Fact, textOf } from './facts'

export interface FactWords {
  /** What a fact is called on the pages of its type. */
  nameOf(fact: Pick<Fact, 'name'>): string
  valueOf(fact: Pick<Fact, 'name' | 'value'>): string
}

/** The words that the pages of a type of record have for its facts: `threats.where`, `subjects.actions.arrest`. */
export function useFactWords(type: string): FactWords {
  const { t, i18n } = useTranslation()
  const root = `${type}s`
  const firstOf = (keys: readonly string[]) =>
    keys
      .map((it) => (i18n.exists(it) ? t(it, { returnObjects: true }) : undefined))
      .find((it) => typeof it === 'string')
  const moment = dateFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  const nameOf = ({ name }: Pick<Fact, 'name'>) =>
    firstOf([
      `web.properties.${name}`,
      `web.acts.fields.${name}`,
      ...[root, `${root}.fields`, `${root}.schemata`].map((it) => `${it}.${name}`),
    ]) ?? name
  return {
    nameOf,
    valueOf: ({ name, value }) =>
      textOf(value, (it) => {
        if (it === 'true') return t('web.acts.yes')
        if (instant.test(it)) return moment.format(new Date(it))
        return word.test(it) ? (firstOf([`${root}.${name}s.${it}`, `${root}.schemata.${it}`]) ?? it) : it
      }),
  }
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const word = /^[A-Za-z][A-Za-z-]{0,39}$/
