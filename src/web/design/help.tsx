import { ActionIcon, Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** Help at the place where it is needed: a sentence or two, and the rule that it rests on (article, point, table). */
export function Help({
  about,
  rule,
  inPlace = false,
  children,
}: {
  about: string
  rule?: string
  /** Opens within what it is part of, which may fill the screen: then nothing outside is seen. */
  inPlace?: boolean
  children: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <Popover width={320} position="bottom-start" trapFocus returnFocus withinPortal={!inPlace}>
      <Popover.Target>
        <ActionIcon variant="default" size={24} radius="xl" aria-label={t('web.help.about', { about })}>
          <span aria-hidden="true">?</span>
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="help">
          {children}
          {rule !== undefined && <p className="under">{t('web.states.rule', { rule })}</p>}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
