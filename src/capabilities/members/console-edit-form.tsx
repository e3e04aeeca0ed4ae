import { Button, FileInput, Group, MultiSelect, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Edit } from '#capabilities/members/directory-edits'
import type { Directory, Member } from '#protocol/directory'
import { publicKeysIn } from './directory-key'
import { type EditField, type EditKind, editsOf, fieldsFor, subjectOf } from './edit-fields'

interface Editing {
  readonly kind: EditKind
  readonly directory: Directory
  readonly onAdd: (edits: readonly Edit[]) => void
}

/** The form of one kind of change: whom it is about, then what is to be different. */
export function EditForm({ kind, directory, onAdd }: Editing) {
  const { t } = useTranslation()
  const [subject, setSubject] = useState<string | null>(null)
  const about = subjectOf(kind)
  const choices = about === 'group' ? directory.groups : directory.members
  return (
    <>
      {about !== null && (
        <Select
          label={t(`members.propose.${about}`)}
          value={subject}
          onChange={setSubject}
          data={choices.map((it) => ({ value: it.id, label: it.name }))}
          searchable
          required
        />
      )}
      {(about === null || subject !== null) && (
        <Fields key={subject} kind={kind} directory={directory} subject={subject ?? ''} onAdd={onAdd} />
      )}
    </>
  )
}

function Fields({ kind, directory, subject, onAdd }: Editing & { subject: string }) {
  const { t } = useTranslation()
  const member = directory.members.find((it) => it.id === subject)
  const fields = useMemo(() => fieldsFor(kind, { member, directory, now: new Date() }), [kind, member, directory])
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(fields.map((it) => [it.name, it.initial])),
  )
  const [noKey, setNoKey] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const edits = readEdits(() => editsOf(kind, subject, trimmed(values), new Date()))
    setNoKey(edits.length === 0)
    if (edits.length > 0) onAdd(edits)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {fields.map((it) => (
          <Field
            key={it.name}
            field={it}
            member={member}
            directory={directory}
            value={values[it.name] ?? ''}
            onChange={(value) => setValues({ ...values, [it.name]: value })}
          />
        ))}
        {noKey && (
          <Text className="attention" role="alert">
            {t('members.propose.noKey')}
          </Text>
        )}
        <Group>
          <Button type="submit" variant="default">
            {t('members.propose.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const trimmed = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()]))

/** A key file that cannot be read gives no edit; the form says so without repeating what was in it. */
function readEdits(read: () => Edit[]): Edit[] {
  try {
    return read()
  } catch {
    return []
  }
}

interface OneField {
  readonly field: EditField
  readonly member: Member | undefined
  readonly directory: Directory
  readonly value: string
  readonly onChange: (value: string) => void
}

const memberKinds = ['state', 'organisation', 'financial', 'technology', 'secretariat'] as const

function Field({ field: { name, type, optional }, member, directory, value, onChange }: OneField) {
  const { t } = useTranslation()
  const label = t(`members.propose.fields.${name}`)
  const common = { label, required: optional !== true }
  switch (type) {
    case 'text':
    case 'date':
      return (
        <TextInput
          {...common}
          name={name}
          type={type}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          maxLength={500}
        />
      )
    case 'long':
      return (
        <Textarea
          {...common}
          name={name}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          maxLength={8_192}
          dir="ltr"
          spellCheck={false}
        />
      )
    case 'memberKind':
      return (
        <Select
          {...common}
          value={value}
          onChange={(it) => onChange(it ?? 'state')}
          data={memberKinds.map((it) => ({ value: it, label: t(`members.kinds.${it}`) }))}
        />
      )
    case 'members':
      return (
        <MultiSelect
          label={label}
          value={value === '' ? [] : value.split(',')}
          onChange={(it) => onChange(it.join(','))}
          data={directory.members.map((it) => ({ value: it.id, label: it.name }))}
          searchable
        />
      )
    case 'kid':
      return (
        <Select
          {...common}
          value={value === '' ? null : value}
          onChange={(it) => onChange(it ?? '')}
          data={(member?.keys ?? []).map((it) => ({
            value: it.kid,
            label: `${t(`members.keys.uses.${it.use}`)} · ${it.kid.slice(0, 16)}… · ${it.notAfter.slice(0, 10)}`,
          }))}
        />
      )
    case 'keys':
      return <KeyFile label={label} onChange={onChange} />
  }
}

/** What a key file has for others to know; a secret part is let go of before anything else happens. */
function publicPart(text: string): string {
  try {
    return JSON.stringify({ keys: publicKeysIn(text) })
  } catch {
    return ''
  }
}

function KeyFile({ label, onChange }: { label: string; onChange: (text: string) => void }) {
  const { t } = useTranslation()
  const [file, setFile] = useState<File | null>(null)
  const choose = async (chosen: File | null) => {
    setFile(chosen)
    onChange(chosen === null ? '' : publicPart(await chosen.text()))
  }
  return (
    <FileInput
      label={label}
      description={t('members.propose.keysText')}
      placeholder={t('members.propose.choose')}
      value={file}
      onChange={(it) => void choose(it)}
      required
    />
  )
}
