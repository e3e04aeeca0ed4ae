import { Checkbox, Fieldset, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Audience, type MemberKind, memberKinds } from '#protocol/handling'
import type { ShownHolding } from '../design/ledger'
import type { ListedMember } from '../design/member-name'
import type { Known } from './sharing'
import './acts.css'
import { regionNames } from '#kernel/language-formats'

interface Choosing {
  readonly owner: string
  readonly known: Known
  readonly holders: readonly ShownHolding[]
  readonly chosen: Audience
  readonly onChange: (chosen: Audience) => void
}

/** Members, groups and sectors to share with, found by name, kind or country; those who hold the record already say so. */
export function ChooseRecipients({ owner, known, holders, chosen, onChange }: Choosing) {
  const { t, i18n } = useTranslation()
  const [sought, setSought] = useState('')
  const countries = regionNames(i18n.language)
  const about = ({ kind, country }: ListedMember) =>
    [t(`web.acts.kinds.${kind}`), country === null ? undefined : countries.of(country.toUpperCase())]
      .filter((it) => it !== undefined)
      .join(' · ')
  const fits = (...texts: string[]) =>
    texts.some((it) => it.toLocaleLowerCase().includes(sought.trim().toLocaleLowerCase()))
  const stateOf = (id: string) => {
    const held = holders.find((it) => it.member === id && (it.state === 'held' || it.state === 'sent'))
    return held && t(`web.acts.share.${held.state}`, { version: held.version })
  }
  const members = known.members.filter(
    (it) => it.id !== owner && (chosen.members.includes(it.id) || fits(it.name, it.id, about(it))),
  )
  const sectors = memberKinds.filter((it) => fits(t(`web.acts.sectors.${it}`)))
  const groups = known.groups.filter((it) => fits(it.name, it.id))
  return (
    <Fieldset legend={t('web.acts.share.with')}>
      <TextInput
        type="search"
        label={t('web.acts.share.find')}
        value={sought}
        onChange={(event) => setSought(event.currentTarget.value)}
        data-autofocus
      />
      <div className="recipients">
        <Checkbox.Group
          label={t('web.acts.share.members')}
          value={[...chosen.members]}
          onChange={(it) => onChange({ ...chosen, members: it })}
        >
          <Stack gap="sm" mt="sm">
            {members.map((it) => (
              <Checkbox
                key={it.id}
                value={it.id}
                label={<bdi>{it.name}</bdi>}
                description={[about(it), stateOf(it.id)].filter((one) => one !== undefined).join(' · ')}
              />
            ))}
            {members.length === 0 && <p className="under">{t('web.acts.share.none')}</p>}
          </Stack>
        </Checkbox.Group>
        <div>
          {groups.length > 0 && (
            <Checkbox.Group
              label={t('web.acts.share.groups')}
              value={[...chosen.groups]}
              onChange={(it) => onChange({ ...chosen, groups: it })}
              mb="md"
            >
              <Stack gap="sm" mt="sm">
                {groups.map((it) => (
                  <Checkbox
                    key={it.id}
                    value={it.id}
                    label={<bdi>{it.name}</bdi>}
                    description={t('web.acts.share.count', { count: it.members.length })}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
          {sectors.length > 0 && (
            <Checkbox.Group
              label={t('web.acts.share.sectors')}
              value={[...chosen.sectors]}
              onChange={(it) => onChange({ ...chosen, sectors: it as MemberKind[] })}
            >
              <Stack gap="sm" mt="sm">
                {sectors.map((it) => (
                  <Checkbox key={it} value={it} label={t(`web.acts.sectors.${it}`)} />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
        </div>
      </div>
    </Fieldset>
  )
}
