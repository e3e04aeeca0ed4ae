import { Modal, TextInput } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Me, useNode } from './node'
import { isFor, namedPagesFor } from './pages'
import { parts } from './parts'
import { useQueue } from './queue'
import './mantine-pages.css'

/** Reaches every page, what waits and, once a purpose is stated, every record, by a few letters: arrows choose, Enter goes. */
export function Palette({ onClose, me }: { onClose: () => void; me: Me }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('web.palette.title')} size="md">
      <Choices me={me} onClose={onClose} />
    </Modal>
  )
}

interface Choice {
  readonly href: string
  readonly words: string
  readonly kind: string
}

const shortestSearch = 3
const mostWaiting = 8

function Choices({ me, onClose }: { me: Me; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const list = useId()
  const { work } = useNode()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const wanted = text.trim().toLocaleLowerCase()
  const has = (words: string) => words.toLocaleLowerCase().includes(wanted)
  const pages = [{ path: '/today', title: 'web.today.title' }, ...namedPagesFor(me)]
    .map((it): Choice => ({ href: it.path, words: t(it.title), kind: t('web.palette.page') }))
    .filter((it) => has(it.words))
  const { items } = useQueue()
  const waits = items
    .map((it): Choice => ({ href: it.href, words: it.subject, kind: t(it.kind) }))
    .filter((it) => wanted !== '' && has(it.words))
    .slice(0, mostWaiting)
  const { choices: records, searching } = useFound(me, text.trim())
  const found = unique([...pages, ...waits, ...records])
  const at = Math.min(chosen, found.length - 1)
  const go = (href: string) => {
    onClose()
    void navigate({ to: href })
  }
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setChosen((at + step + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter' && found[at] !== undefined) go(found[at].href)
  }
  return (
    <>
      <TextInput
        data-autofocus
        dir="auto"
        role="combobox"
        aria-label={t('web.palette.title')}
        aria-expanded
        aria-controls={list}
        aria-activedescendant={found[at] === undefined ? undefined : `${list}-${at}`}
        value={text}
        maxLength={200}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setChosen(0)
        }}
        onKeyDown={press}
      />
      <div role="listbox" id={list} aria-label={t('web.palette.title')} className="choices">
        {found.map((it, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, which names the active one
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
          <div
            key={it.href}
            role="option"
            id={`${list}-${index}`}
            aria-selected={index === at}
            onClick={() => go(it.href)}
          >
            <bdi>{it.words}</bdi>
            <span className="kind">{it.kind}</span>
          </div>
        ))}
      </div>
      <p className="under" role="status">
        {searching
          ? t('web.palette.searching')
          : found.length === 0
            ? t('web.palette.none')
            : work === undefined && t('web.palette.purpose')}
      </p>
    </>
  )
}

/** What capabilities find by the text: nothing before a purpose is stated, since each search is one in the audit. */
function useFound(me: Me, typed: string): { choices: Choice[]; searching: boolean } {
  const { t } = useTranslation()
  const { ask, work } = useNode()
  const text = useDeferredValue(typed)
  const finders = parts.flatMap((it) => it.finders ?? []).filter((it) => isFor(it, me))
  const enabled = work !== undefined && text.length >= shortestSearch
  return useQueries({
    queries: finders.map((it) => ({
      queryKey: ['found', it.name, text, work],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        await pause(signal) // a search for each letter would fill the audit with beginnings of names
        return it.find(ask, text, signal)
      },
      enabled,
      gcTime: 0,
    })),
    combine: (results) => ({
      choices: results
        .flatMap((it) => it.data ?? [])
        .map((it): Choice => ({ href: it.href, words: it.caption, kind: t(it.kind) })),
      searching: enabled && results.some((it) => it.isFetching),
    }),
  })
}

const pauseMilliseconds = 350

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, pauseMilliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}

function unique(choices: readonly Choice[]): readonly Choice[] {
  const seen = new Set<string>()
  return choices.filter(({ href }) => !seen.has(href) && seen.add(href))
}
