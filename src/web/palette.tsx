import { Modal, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from './node'
import { pagesFor } from './shell'

/** Reaches every page by a few letters of its name: arrows choose, Enter goes. */
export function Palette({ opened, onClose, me }: { opened: boolean; onClose: () => void; me: Me }) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('web.palette.title')} size="md">
      <Choices me={me} onClose={onClose} />
    </Modal>
  )
}

function Choices({ me, onClose }: { me: Me; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const list = useId()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const all = [{ path: '/today', title: 'web.today.title' }, ...pagesFor(me)].map((it) => ({
    ...it,
    words: t(it.title),
  }))
  const found = all.filter((it) => it.words.toLowerCase().includes(text.trim().toLowerCase()))
  const at = Math.min(chosen, found.length - 1)
  const go = (path: string) => {
    onClose()
    void navigate({ to: path })
  }
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setChosen((at + step + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter' && found[at] !== undefined) go(found[at].path)
  }
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={t('web.palette.title')}
        aria-expanded
        aria-controls={list}
        aria-activedescendant={found[at] === undefined ? undefined : `${list}-${at}`}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={press}
      />
      <div role="listbox" id={list} aria-label={t('web.palette.title')} className="choices">
        {found.map((it, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, which names the active one
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
          <div
            key={it.path}
            role="option"
            id={`${list}-${index}`}
            aria-selected={index === at}
            onClick={() => go(it.path)}
          >
            {it.words}
          </div>
        ))}
      </div>
      {found.length === 0 && <p role="status">{t('web.palette.none')}</p>}
    </>
  )
}
