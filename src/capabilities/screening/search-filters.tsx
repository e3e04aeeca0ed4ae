import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../../web/node'
import { useFilters } from './use-filters'
import { useNames } from './use-names'

const names = ['within', 'schema', 'dataset', 'band', 'country'] as const
export type SearchFilter = Readonly<Record<(typeof names)[number], string | undefined>>

export const useSearchFilters = () => useFilters(names)

const places = ['own', 'others', 'lists'] as const
const kinds = ['Person', 'Organization', 'Company', 'LegalEntity', 'Vessel', 'Airplane', 'Vehicle'] as const
const bands = ['alert', 'review', 'weak'] as const

interface Filtering {
  readonly filters: SearchFilter
  readonly onChange: (change: Partial<SearchFilter>) => void
}

export function SearchFilters({ filters, onChange }: Filtering) {
  const { t } = useTranslation()
  const { language, kind } = useNames()
  const lists = useLists()
  const regions = useMemo(() => countriesIn(language), [language])
  const choice = (
    name: keyof SearchFilter,
    data: readonly { value: string; label: string }[],
    label = t(`screening.search.${name}`),
  ) => (
    // The browser's own: five lists of choices, one of all countries, are drawn only when they are opened.
    <NativeSelect
      label={label}
      value={filters[name] ?? ''}
      onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })}
      data={[{ value: '', label: t('screening.search.all') }, ...data]}
    />
  )
  return (
    <fieldset className="filters" aria-label={t('screening.search.filters')}>
      {choice(
        'within',
        places.map((value) => ({ value, label: t(`screening.search.groups.${value}`) })),
      )}
      {choice(
        'schema',
        kinds.map((value) => ({ value, label: kind(value) })),
        t('screening.search.kind'),
      )}
      {choice(
        'dataset',
        lists.map(({ id, title }) => ({ value: id, label: title })),
      )}
      {choice(
        'band',
        bands.map((value) => ({ value, label: t(`screening.bands.${value}`) })),
      )}
      {choice('country', regions)}
    </fieldset>
  )
}

/** The published lists, by which entries are told apart; titles of those that every node knows in the language of the page. */
export function useLists(): readonly { id: string; title: string }[] {
  const ask = useAsk()
  const { t, i18n } = useTranslation()
  const { data } = useQuery({
    queryKey: ['live', 'list', 'names'],
    queryFn: () => ask<{ items: { id: string; title: string }[] }>('/api/v1/lists'),
    staleTime: 300_000,
  })
  const titled = (id: string, title: string) =>
    i18n.exists(`screening.listTitles.${id}`) ? t(`screening.listTitles.${id}`) : title
  return (data?.items ?? []).map(({ id, title }) => ({ id, title: titled(id, title) }))
}

/** Regions of Unicode that are no countries: unions, test codes, what is unknown. */
const noCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'])

function countriesIn(language: string): { value: string; label: string }[] {
  const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = letters.flatMap((a) => letters.map((b) => a + b)).filter((it) => !noCountries.has(it))
  const found = new Map<string, string>()
  for (const code of codes) {
    const label = display.of(code)
    // Codes of before (DD, SU) name a country of today as well: the first one in the alphabet would hide it.
    if (label !== undefined && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`) found.set(label, code)
  }
  return [...found]
    .map(([label, code]) => ({ value: code.toLowerCase(), label }))
    .sort((a, b) => a.label.localeCompare(b.label, language))
}
