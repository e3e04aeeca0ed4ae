import { ActionIcon, Popover } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface HelpText {
  readonly rule?: string | undefined
  /** Opens within what it is part of, which may fill the screen: then nothing outside is seen. */
  readonly inPlace?: boolean
  readonly children: ReactNode
}

/** Help at the place where it is needed: a sentence or two, and the rule that it rests on (article, point, table). */
export function Help({ about, ...text }: HelpText & { about: string }) {
  const { t } = useTranslation()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <span className="help-place">
      <ActionIcon
        ref={button}
        variant="default"
        size={24}
        radius="xl"
        aria-label={t('web.help.about', { about })}
        aria-haspopup="dialog"
        aria-expanded={open}
        // Pressing outside closes what is open before the click comes: the button would open it again.
        onMouseDown={(event) => open && event.stopPropagation()}
        onTouchStart={(event) => open && event.stopPropagation()}
        onClick={() => (open ? close() : setOpen(true))}
      >
        <span aria-hidden="true">?</span>
      </ActionIcon>
      {open && <OpenHelp {...text} close={close} />}
    </span>
  )
}

/** A page has many of these and few are ever opened: what can float is made when it is. */
function OpenHelp({ rule, inPlace = false, children, close }: HelpText & { close: () => void }) {
  const { t } = useTranslation()
  return (
    <Popover
      opened
      onChange={close}
      width={320}
      position="bottom-start"
      trapFocus
      withinPortal={!inPlace}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <span className="help-anchor" />
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
