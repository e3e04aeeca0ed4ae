import { useTranslation } from 'react-i18next'
import type { Json } from '#kernel/canonical'
import { dateFormat } from '#kernel/language-formats'
import type { Audience, Handling, Mark } from '#protocol/handling'
import { useMembers } from '../design/member-name'
import { isTree } from './compare'
import { useFactWords } from './fact-words'

const names: Readonly<Record<string, string>> = {
  audience: 'web.diff.audience',
  tlp: 'web.handling.tlp',
  codes: 'web.header.codes',
  purposes: 'web.handling.purposes',
  onward: 'web.handling.onward',
  grading: 'web.handling.grading',
  category: 'web.handling.category',
  nature: 'web.header.nature',
  basis: 'web.handling.basis',
  reviewAt: 'web.handling.review',
  expiresAt: 'web.header.expires',
}

export interface Sayings {
  /** What a place in a record is called: an element of the header, a property, an entity. */
  nameAt(pointer: string, value: Json | undefined): string
  /** What stands there, in words; further things about it follow. */
  valueAt(pointer: string, value: Json): readonly string[]
  /** Who may see a field, and how it is narrowed. */
  mark(mark: Mark): string
}

/** Says what stands in a record in the language of the page. */
export function useSayings(type: string): Sayings {
  const { t, i18n } = useTranslation()
  const facts = useFactWords(type)
  const members = useMembers()
  const day = dateFormat(i18n.language, { dateStyle: 'medium' })
  const nameOfMember = (id: string) => members.find((it) => it.id === id)?.name ?? id
  const audience = ({ members: named, groups, sectors }: Audience) => {
    const all = [...named.map(nameOfMember), ...groups, ...sectors.map((it) => t(`web.acts.sectors.${it}`))]
    return all.length === 0 ? t('web.diff.nobody') : all.join(', ')
  }
  const grading = ({ source, information }: Handling['grading']) => `${source}${information}`
  const basis = ({ instrument, provision }: Handling['basis']) => `${instrument}, ${provision}`
  const codes = (all: Handling['codes']) =>
    all.map((it) => (it.code === 'H3' ? `H3: ${it.text}` : it.code)).join(', ') || t('web.diff.none')
  const purposes = (all: readonly string[]) => all.map((it) => t(`web.purposes.${it}`)).join(', ')

  const element = (name: string, value: Json): string => {
    switch (name) {
      case 'audience':
        return audience(value as Audience)
      case 'tlp':
        return `TLP:${value}`
      case 'codes':
        return codes(value as Handling['codes'])
      case 'purposes':
        return purposes(value as string[])
      case 'onward':
        return t(`web.handling.onwards.${value}`)
      case 'grading':
        return grading(value as Handling['grading'])
      case 'category':
        return t(`web.categories.${value}`)
      case 'nature':
        return t(`web.handling.nature.${value}`)
      case 'basis':
        return basis(value as Handling['basis'])
      default:
        return day.format(new Date(String(value)))
    }
  }

  const statement = (it: Readonly<Record<string, Json>>): string[] => [
    String(it.value),
    ...(it.grading === undefined ? [] : [grading(it.grading as Handling['grading'])]),
    ...(it.category === undefined ? [] : [t(`web.categories.${it.category}`)]),
    ...(it.nature === undefined ? [] : [t(`web.handling.nature.${it.nature}`)]),
    ...(it.lang === undefined ? [] : [`${t('web.diff.language')}: ${it.lang}`]),
    ...(it.source === undefined ? [] : [`${t('web.facts.source')}: ${it.source}`]),
    ...(it.basis === undefined ? [] : [basis(it.basis as Handling['basis'])]),
  ]

  const nameOf = (value: Json | undefined, pointer: string): string => {
    const last = pointer.slice(pointer.lastIndexOf('/') + 1)
    if (!isTree(value)) return facts.nameOf({ name: last })
    const name = value.property ?? value.schema
    return typeof name === 'string' ? facts.nameOf({ name }) : facts.nameOf({ name: last })
  }

  return {
    nameAt: (pointer, value) =>
      pointer.startsWith('/handling/')
        ? t(names[pointer.slice('/handling/'.length)] ?? pointer)
        : nameOf(value, pointer),
    valueAt: (pointer, value) => {
      if (pointer.startsWith('/handling/')) return [element(pointer.slice('/handling/'.length), value)]
      if (isTree(value) && typeof value.property === 'string') return statement(value)
      const name = pointer.slice(pointer.lastIndexOf('/') + 1)
      if (value === false) return [t('web.diff.no')]
      return [facts.valueOf({ name, value })]
    },
    mark: (mark) =>
      [
        ...(mark.audience === undefined ? [] : [t('web.diff.seenBy', { whom: audience(mark.audience) })]),
        ...(mark.tlp === undefined ? [] : [`TLP:${mark.tlp}`]),
        ...(mark.codes === undefined ? [] : [codes(mark.codes)]),
        ...(mark.purposes === undefined ? [] : [purposes(mark.purposes)]),
        ...(mark.onward === undefined ? [] : [t(`web.handling.onwardRules.${mark.onward}`)]),
        ...(mark.expiresAt === undefined ? [] : [element('expiresAt', mark.expiresAt)]),
      ].join(' · '),
  }
}
