import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownRecord } from '../design/record-head'
import { useSignedIn } from '../node'
import { AskPermission } from './ask-permission'
import { type ActName, actsFor } from './may'
import { NameReaders } from './name-readers'
import { PassOn } from './pass-on'
import { ShareDialog } from './share-dialog'
import { ChangeState } from './state-dialog'

/** What this person may do with a record of any type, each act with a dialog that says what will happen before it does. */
export function RecordActs({ record }: { record: ShownRecord }) {
  const { t } = useTranslation()
  const me = useSignedIn()
  const [act, setAct] = useState<ActName>()
  const close = () => setAct(undefined)
  return (
    <>
      {actsFor(record, me).map((it) => (
        <Button key={it} {...(it === 'share' ? {} : { variant: 'default' })} onClick={() => setAct(it)}>
          {t(`web.acts.open.${it}`)}
        </Button>
      ))}
      {act === 'share' && <ShareDialog record={record} onClose={close} />}
      {act === 'suspend' && <ChangeState record={record} to="suspended" onClose={close} />}
      {act === 'reinstate' && <ChangeState record={record} to="active" onClose={close} />}
      {act === 'recall' && <ChangeState record={record} to="withdrawn" onClose={close} />}
      {act === 'readers' && <NameReaders record={record} onClose={close} />}
      {act === 'ask' && <AskPermission record={record} onClose={close} />}
      {act === 'pass-on' && <PassOn record={record} onClose={close} />}
    </>
  )
}
