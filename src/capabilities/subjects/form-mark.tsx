import { MultiSelect, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { putMark } from '#capabilities/subjects/form'
import type { Mark, Tlp } from '#protocol/handling'
import { Help } from '../../web/design/help'
import { useMembers } from '../../web/design/member-name'
import { useSignedIn } from '../../web/node'
import { useErrorAt, useForm } from './form-context'

const narrower = ['AMBER', 'AMBER+STRICT', 'RED'] as const
const empty = { members: [], groups: [], sectors: [] }

/** Who of those that get the record may see this one thing. It only ever narrows what the record itself allows. */
export function MarkField({ pointer }: { pointer: string }) {
  const { t } = useTranslation()
  const { writing, change } = useForm()
  const { member: me } = useSignedIn()
  const members = useMembers()
  const mark = writing.marks[pointer]
  const { audience } = mark ?? {}
  const named =
    audience !== undefined && (audience.members.length > 0 || audience.groups.length + audience.sectors.length > 0)
  const who = audience === undefined ? 'record' : named ? 'members' : 'us'
  const set = (next: Mark) => {
    const said = Object.fromEntries(Object.entries(next).filter(([, it]) => it !== undefined))
    change(putMark(writing, pointer, Object.keys(said).length === 0 ? undefined : said))
  }
  return (
    <>
      <Select
        label={
          <span className="with-help">
            {t('subjects.mark.who')}
            <Help about={t('subjects.mark.who')} rule={t('subjects.mark.rule')}>
              <p>{t('subjects.mark.text')}</p>
            </Help>
          </span>
        }
        aria-label={t('subjects.mark.who')}
        value={who}
        error={useErrorAt(pointer)}
        data={(['record', 'us', 'members'] as const).map((it) => ({ value: it, label: t(`subjects.mark.${it}`) }))}
        onChange={(it) => {
          if (it === 'record') set({ ...mark, audience: undefined })
          else if (it === 'us') set({ ...mark, audience: empty })
          else
            set({
              ...mark,
              audience: { ...empty, members: members.filter((one) => one.id !== me.id).map((one) => one.id) },
            })
        }}
      />
      {who === 'members' && (
        <MultiSelect
          label={t('subjects.mark.seenBy')}
          value={[...audience!.members]}
          searchable
          data={members.filter((it) => it.id !== me.id).map((it) => ({ value: it.id, label: it.name }))}
          onChange={(it) => set({ ...mark, audience: { ...audience!, members: it } })}
        />
      )}
      <Select
        label={t('web.handling.tlp')}
        value={mark?.tlp ?? ''}
        data={[
          { value: '', label: t('subjects.form.asRecord') },
          ...narrower.map((it) => ({ value: it, label: `TLP:${it}` })),
        ]}
        onChange={(it) => set({ ...mark, tlp: (it || undefined) as Tlp | undefined })}
      />
    </>
  )
}
