import { Button, Group, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'
import { Help } from '../../web/design/help'
import { MemberName } from '../../web/design/member-name'
import { useSignedIn } from '../../web/node'
import { Fact } from './console-fact'
import { ChooseFiles } from './console-files'
import { useImport } from './console-import'
import { JobState } from './console-job'
import type { PublishedList } from './console-shapes'
import { ShareList } from './console-share'
import { CheckFact, CompletionFact, SourceFact, VersionFact } from './console-standing'
import './lists.css'
import { numberFormat } from '#kernel/language-formats'

/** One list: what it holds, how old that is, how its import stands, and what can be done with it. */
export function ListHead({ list, level }: { list: PublishedList; level: 1 | 2 }) {
  const { t } = useTranslation()
  const { roles } = useSignedIn()
  const [act, setAct] = useState<'import' | 'share'>()
  const { handing, handIn } = useImport(list)
  const busy = handing?.stage === 'upload' || list.last?.state === 'running'
  const acts = roles.some((it) => it === 'officer' || it === 'supervisor')
  const title = <bdi>{list.title}</bdi>
  return (
    <section aria-labelledby={`list-${list.id}`} className="list-head">
      <Group justify="space-between" align="flex-start">
        <Title order={level} size={level === 1 ? 'h3' : 'h4'} id={`list-${list.id}`}>
          {level === 1 ? title : <Link to={`/lists/${list.id}` as '/today'}>{title}</Link>}
        </Title>
        {acts && (
          <Group gap="sm" className="acts">
            <Button disabled={busy} onClick={() => setAct('import')}>
              {t('lists.import.open')} <span className="unseen">{list.title}</span>
            </Button>
            <Button variant="default" disabled={list.entries === 0} onClick={() => setAct('share')}>
              {t('lists.share.open')} <span className="unseen">{list.title}</span>
            </Button>
          </Group>
        )}
      </Group>
      <Facts list={list} />
      <JobState list={list} />
      {act === 'import' && (
        <ChooseFiles
          list={list}
          onClose={() => setAct(undefined)}
          onBegin={(files) => {
            setAct(undefined)
            void handIn(files)
          }}
        />
      )}
      {act === 'share' && <ShareList list={list} onClose={() => setAct(undefined)} onDone={() => setAct(undefined)} />}
    </section>
  )
}

function Facts({ list }: { list: PublishedList }) {
  const { t, i18n } = useTranslation()
  const { id, entries, findable, generatedAt, importedAt, sharedWith } = list
  const number = numberFormat(i18n.language)
  return (
    <dl className="list-facts">
      <Fact name={t('lists.id')}>
        <bdi className="code">{id}</bdi>
      </Fact>
      <Fact name={t('lists.entries')}>
        <bdi>{number.format(entries)}</bdi>
      </Fact>
      <Fact
        name={
          <>
            {t('lists.findable')}{' '}
            <Help about={t('lists.findable')} rule={t('lists.findableRule')}>
              <p>{t('lists.findableText')}</p>
            </Help>
          </>
        }
      >
        <bdi className={findable < entries ? 'attention' : undefined}>{number.format(findable)}</bdi>
        {findable < entries && (
          <span className="under" role="status">
            {t('lists.screening')}
          </span>
        )}
      </Fact>
      <VersionFact list={list} />
      <CheckFact list={list} />
      <CompletionFact list={list} />
      <Fact name={t('lists.generatedAt')}>
        <bdi>{generatedAt?.slice(0, 10) ?? t(importedAt === null ? 'lists.never' : 'lists.notSaid')}</bdi>
      </Fact>
      <Fact name={t('lists.importedAt')}>{importedAt === null ? t('lists.never') : <Moment at={importedAt} />}</Fact>
      <SourceFact list={list} />
      <Fact name={t('lists.sharedWith')}>
        {sharedWith.length === 0
          ? t('lists.nobody')
          : sharedWith.map(({ member }) => (
              <span key={member} className="shared">
                <MemberName id={member} />
              </span>
            ))}
      </Fact>
    </dl>
  )
}
