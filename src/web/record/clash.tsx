import { Button, Group, Radio, Stack, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../design/clock'
import type { WholeRecord } from './acting'
import { type BothWays, bothWays, type Contents, type Difference, reapplied } from './compare'
import { linesOf, Said, valueAt } from './diff'
import { useSayings } from './say'

interface ClashProps {
  /** The version that I began with, what I made of it, and what is there now. */
  readonly base: Contents
  readonly mine: Contents
  readonly newest: WholeRecord
  readonly onTakeOver: (contents: Contents) => void
  /** Gives up what was typed. */
  readonly onLeave: () => void
}

/**
 * Somebody else wrote a version meanwhile: what they changed beside what I changed. Nothing that was typed is lost; what both changed
 * is chosen one by one.
 */
export function Clash({ base, mine, newest, onTakeOver, onLeave }: ClashProps) {
  const { t } = useTranslation()
  const sayings = useSayings(newest.type)
  const [givenUp, setGivenUp] = useState<ReadonlySet<string>>(new Set())
  const lines = bothWays(base, mine, newest)
  const nameOfMarked = (pointer: string) =>
    valueAt(mine.body, pointer) ?? valueAt(newest.body, pointer) ?? valueAt(base.body, pointer)
  const parts = (it: Difference | undefined) =>
    it === undefined ? [] : linesOf(it, sayings, { nameOfMarked, mark: t('web.diff.mark') })
  const choose = (key: string, mineStands: boolean) => {
    const next = new Set(givenUp)
    if (mineStands) next.delete(key)
    else next.add(key)
    setGivenUp(next)
  }
  const side = (it: BothWays, which: 'mine' | 'theirs') =>
    parts(it[which]).map(({ key, name, after }) => (
      <div key={key}>
        {after === null ? <em>{t('web.diff.removed')}</em> : <Said parts={after} as="span" />}
        <span className="unseen"> {name}</span>
      </div>
    ))
  return (
    <Stack gap="md">
      <Title order={2} size="h4" tabIndex={-1} ref={(it) => it?.focus()}>
        {t('web.clash.title', { version: newest.version })}
      </Title>
      <p role="alert" className="caution">
        {t('web.clash.text')} <Moment at={String((newest as { issuedAt?: string }).issuedAt)} />
      </p>
      <table className="facts diff clash">
        <caption>{t('web.clash.both')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('web.diff.what')}</th>
            <th scope="col">{t('web.clash.mine')}</th>
            <th scope="col">{t('web.clash.theirs')}</th>
            <th scope="col">{t('web.clash.stands')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((it) => {
            const name = (parts(it.mine)[0] ?? parts(it.theirs)[0])?.name ?? it.key
            return (
              <tr key={it.key}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                <td>{side(it, 'mine')}</td>
                <td>{side(it, 'theirs')}</td>
                <td>
                  {it.clash ? (
                    <Radio.Group
                      aria-label={t('web.clash.choose', { name })}
                      value={givenUp.has(it.key) ? 'theirs' : 'mine'}
                      onChange={(value) => choose(it.key, value === 'mine')}
                    >
                      <Group gap="md">
                        <Radio value="mine" label={t('web.clash.keepMine')} />
                        <Radio value="theirs" label={t('web.clash.keepTheirs')} />
                      </Group>
                    </Radio.Group>
                  ) : (
                    t(it.mine === undefined ? 'web.clash.theirsStands' : 'web.clash.mineStands')
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <Group justify="flex-end">
        <Button variant="default" onClick={onLeave}>
          {t('web.clash.leave')}
        </Button>
        <Button onClick={() => onTakeOver(reapplied(lines, contentsOf(newest), givenUp))}>
          {t('web.clash.act', { version: newest.version })}
        </Button>
      </Group>
    </Stack>
  )
}

export function contentsOf({ handling, body, marks }: Contents): Contents {
  return { handling, body, marks }
}
