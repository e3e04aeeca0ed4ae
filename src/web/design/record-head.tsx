import { Group, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldHandling } from '#protocol/handling'
import { HandlingStrip } from './handling-strip'
import { MemberName } from './member-name'

export interface ShownRecord {
  readonly id: string
  readonly type: string
  readonly version: number
  readonly owner: string
  readonly state: string
  readonly caption: string
  readonly handling: HeldHandling
}

/** The same head on every record, for its owner and for those who hold it. */
export function RecordHead({ record, kind, children }: { record: ShownRecord; kind: string; children?: ReactNode }) {
  const { t } = useTranslation()
  const { caption, owner, version, state, handling } = record
  return (
    <header className="record-head">
      <Group justify="space-between" align="flex-start" wrap="wrap">
        <div>
          <Title order={1} size="h3">
            <bdi>{caption}</bdi>
          </Title>
          <p className="under">
            {kind} · <MemberName id={owner} /> · {t('web.record.version', { version })} ·{' '}
            <span className={state === 'active' ? undefined : 'warns'}>{t(`web.record.states.${state}`)}</span>
          </p>
        </div>
        <Group gap="sm" className="acts">
          {children}
        </Group>
      </Group>
      <HandlingStrip handling={handling} />
    </header>
  )
}
