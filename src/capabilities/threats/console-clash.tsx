import { Button, Group, NativeSelect, Stack, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WholeRecord } from '../../web/record/acting'
import { bothWays, type Contents, type Difference, reapplied } from '../../web/record/compare'
import { linesOf, Said, valueAt } from '../../web/record/diff'
import { useSayings } from '../../web/record/say'

interface Clashing {
  /** The version that I began with, what I made of it, and what is there now. */
  readonly base: Contents
  readonly mine: Contents
  readonly newest: WholeRecord
  readonly onTakeOver: (contents: Contents) => void
}

/** A colleague wrote a version meanwhile: what they changed beside what I changed. What both changed is chosen one by one. */
export function Clash({ base, mine, newest, onTakeOver }: Clashing) {
  const { t } = useTranslation()
  const sayings = useSayings('threat')
  const [givenUp, setGivenUp] = useState<ReadonlySet<string>>(new Set())
  const lines = bothWays(base, mine, newest)
  const nameOfMarked = (it: string) => valueAt(mine.body, it) ?? valueAt(newest.body, it) ?? valueAt(base.body, it)
  const said = (it: Difference | undefined) =>
    it === undefined ? [] : linesOf(it, sayings, { nameOfMarked, mark: t('web.diff.mark') })
  const choose = (key: string, which: string) => {
    const next = new Set(givenUp)
    if (which === 'mine') next.delete(key)
    else next.add(key)
    setGivenUp(next)
  }
  return (
    <Stack gap="md">
      <Title order={2} size="h4" tabIndex={-1} ref={focus}>
        {t('threats.clash.title', { version: newest.version })}
      </Title>
      <p className="caution">{t('threats.clash.text')}</p>
      <table className="facts">
        <caption className="unseen">{t('threats.clash.title', { version: newest.version })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('web.diff.what')}</th>
            <th scope="col">{t('threats.clash.mine')}</th>
            <th scope="col">{t('threats.clash.theirs')}</th>
            <th scope="col">{t('threats.clash.stands')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, mine: own, theirs, clash }) => {
            const name = (said(own)[0] ?? said(theirs)[0])?.name ?? key
            return (
              <tr key={key}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                {[own, theirs].map((it, side) => (
                  <td key={side === 0 ? 'mine' : 'theirs'}>
                    {said(it).map(({ key: line, after }) =>
                      after === null ? (
                        <em key={line}>{t('web.diff.removed')}</em>
                      ) : (
                        <Said key={line} parts={after} as="span" />
                      ),
                    )}
                  </td>
                ))}
                <td>
                  {clash ? (
                    <NativeSelect
                      aria-label={t('threats.clash.choose', { name })}
                      value={givenUp.has(key) ? 'theirs' : 'mine'}
                      onChange={(event) => choose(key, event.currentTarget.value)}
                      data={(['mine', 'theirs'] as const).map((it) => ({ value: it, label: t(`threats.clash.${it}`) }))}
                    />
                  ) : (
                    t(own === undefined ? 'threats.clash.theirs' : 'threats.clash.mine')
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <Group justify="flex-end">
        <Button onClick={() => onTakeOver(reapplied(lines, contentsOf(newest), givenUp))}>
          {t('threats.clash.act', { version: newest.version })}
        </Button>
      </Group>
    </Stack>
  )
}

const focus = (it: HTMLElement | null) => it?.focus()

function contentsOf({ handling, body, marks }: Contents): Contents {
  return { handling, body, marks }
}
