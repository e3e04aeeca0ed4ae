import { Checkbox, Fieldset, MultiSelect, SimpleGrid, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AlertAction } from '#http/travellers'
import type { MemberKind } from '#protocol/handling'
import { Help } from '../../web/design/help'
import { useSignedIn } from '../../web/node'
import { useDirectory } from '../../web/record/acting'
import { Choice, Line, Tick, useEditing, useField } from './console-field'

const sought = ['place', 'time', 'route', 'destination', 'companions', 'vehicle', 'documents', 'objects'] as const

/** What is asked of whoever meets the subject: an upper bound. */
export function AskedFields() {
  const { t } = useTranslation()
  const { form, rule, put } = useEditing()
  return (
    <Fieldset legend={t('notices.blocks.asked')}>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <Choice
            at="/asked"
            label={t('notices.fields.asked')}
            value={form.asked}
            onChange={(it) => put({ asked: it as AlertAction })}
            choices={rule.actions.map((it) => ({ value: it, label: t(`notices.actions.${it}`) }))}
          />
          <MultiSelect
            {...useField('/sought')}
            label={t('notices.fields.sought')}
            value={[...form.sought]}
            onChange={(it) => put({ sought: it })}
            data={[...new Set([...sought, ...form.sought])].map((value) => ({
              value,
              label: t(`notices.soughts.${value}`, value),
            }))}
          />
        </SimpleGrid>
        <Line
          at="/caution"
          label={t('notices.fields.caution')}
          value={form.caution}
          onChange={(caution) => put({ caution })}
        />
        <Tick
          at="/discreet"
          label={t('notices.fields.discreet')}
          checked={form.discreet}
          onChange={(discreet) => put({ discreet })}
        />
        {rule.publicExtract && (
          <Tick
            at="/publicExtract"
            label={t('notices.fields.publicExtract')}
            checked={form.publicExtract}
            onChange={(publicExtract) => put({ publicExtract })}
          />
        )}
      </Stack>
    </Fieldset>
  )
}

const sectors = ['state', 'organisation'] as const

/** For whom it is meant. The reviewer sees it in any case, and nobody else before it is published. */
export function WhomFields() {
  const { t } = useTranslation()
  const { form, put } = useEditing()
  const { members, groups } = useDirectory()
  const { member: me } = useSignedIn()
  const { to } = form
  const { inputWrapperOrder: _, ...whole } = useField('/to')
  return (
    <Fieldset legend={t('notices.blocks.to')}>
      <Stack gap="md">
        <Checkbox.Group
          {...(whole.description === undefined ? {} : { description: whole.description })}
          {...(whole.error === undefined ? {} : { error: whole.error })}
          label={
            <>
              {t('notices.fields.sectors')}{' '}
              <Help about={t('notices.blocks.to')} rule="RPD 73, 97 to 101">
                <p>{t('notices.form.toHelp')}</p>
              </Help>
            </>
          }
          value={[...to.sectors]}
          onChange={(it) => put({ to: { ...to, sectors: it as MemberKind[] } })}
        >
          {sectors.map((it, at) => (
            <Checkbox
              key={it}
              value={it}
              label={t(`web.acts.sectors.${it}`)}
              mt="xs"
              {...(at === 0 ? { id: whole.id } : {})}
            />
          ))}
        </Checkbox.Group>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <MultiSelect
            label={t('web.acts.share.members')}
            value={[...to.members]}
            onChange={(it) => put({ to: { ...to, members: it } })}
            data={members
              .filter((it) => it.id !== me.id && it.kind !== 'secretariat')
              .map((it) => ({ value: it.id, label: it.name }))}
            searchable
          />
          {groups.length > 0 && (
            <MultiSelect
              label={t('web.acts.share.groups')}
              value={[...to.groups]}
              onChange={(it) => put({ to: { ...to, groups: it } })}
              data={groups.map((it) => ({ value: it.id, label: it.name }))}
              searchable
            />
          )}
        </SimpleGrid>
      </Stack>
    </Fieldset>
  )
}
