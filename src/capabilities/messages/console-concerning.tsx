import { Anchor, TagsInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Failed } from '../../web/design/states'
import { useAsk } from '../../web/node'

/** Where records of a type have their page. */
const pages: Readonly<Record<string, string>> = { subject: '/subjects', threat: '/threats', message: '/messages' }
const recordId = /^rec_[0-9a-f]{32}$/

/**
 * Records that a message refers to. It names them only; what they are is read when one is opened and not before, because
 * their owners are told of each reading.
 */
export function Concerning({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const navigate = useNavigate()
  const open = useMutation({
    mutationFn: async (id: string) => {
      const { type, caption } = await ask<{ type: string; caption: string }>(`/api/v1/records/${id}`)
      const page = pages[type]
      if (page === undefined) return { type, caption }
      await navigate({ to: `${page}/${id}` as '/today' })
      return null
    },
  })
  return (
    <section aria-label={t('messages.concerning')}>
      <p className="under">{t('messages.concerning')}</p>
      <ul>
        {ids.map((id) => (
          <li key={id}>
            <Anchor component="button" type="button" inherit onClick={() => open.mutate(id)}>
              <bdi className="code">{id}</bdi>
            </Anchor>
          </li>
        ))}
      </ul>
      {open.data && (
        <p role="status">
          <bdi>{open.data.caption}</bdi> (<bdi>{open.data.type}</bdi>)
        </p>
      )}
      {open.error !== null && <Failed cause={open.error} />}
    </section>
  )
}

/** Takes record ids, typed or pasted in any number at once. */
export function ConcerningInput({ ids, onChange }: { ids: string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTranslation()
  const wrong = ids.filter((it) => !recordId.test(it))
  return (
    <TagsInput
      label={t('messages.concerning')}
      description={t('messages.write.concerningText')}
      value={ids}
      onChange={onChange}
      splitChars={[',', ' ', '\n']}
      maxTags={64}
      acceptValueOnBlur
      error={wrong.length > 0 ? t('messages.write.notAnId', { id: wrong[0] }) : undefined}
    />
  )
}
