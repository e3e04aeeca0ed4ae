import { Button, Group, Modal, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RecoveryCodes } from '../../web/authenticator'
import { Cited } from '../../web/design/cited'
import { Moment } from '../../web/design/clock'
import { Failed, Slow } from '../../web/design/states'
import { useAsk } from '../../web/node'
import citations from './citations.json'
import { RemoveAuthenticator, RenewCodes, SetUpAuthenticator } from './console-factor-acts'

interface Factors {
  readonly totp: {
    readonly confirmedAt: string
    readonly lastUsedAt: string | null
    readonly exhausted: boolean
  } | null
  readonly passkeys: number
  readonly recoveryCodes: number
  readonly required: boolean
  readonly secondFactor: boolean
}

type Act = 'setUp' | 'remove' | 'renew'

/** What one has beside the password: the authenticator and the recovery codes. Passkeys have a part of their own. */
export function SecondFactor() {
  const { t } = useTranslation()
  const ask = useAsk()
  const [act, setAct] = useState<Act>()
  const [codes, setCodes] = useState<readonly string[]>([])
  const [done, setDone] = useState('')
  const { data, error, refetch } = useQuery({
    queryKey: ['live', 'factor', 'factors'],
    queryFn: () => ask<Factors>('/api/v1/me/factors'),
  })
  if (error !== null) return <Failed cause={error} retry={() => void refetch()} />
  if (data === undefined) return <Slow lines={3} />
  const close = () => setAct(undefined)
  const finish = (words: string, made: readonly string[] = []) => {
    setDone(words)
    setCodes(made)
    close()
  }
  return (
    <section aria-labelledby="second-factor">
      <Group gap="sm">
        <Title order={2} size="h5" id="second-factor">
          {t('people.second.title')}
        </Title>
        <Cited about={t('people.second.title')} citation={citations.secondFactor}>
          <p>{t('people.second.help')}</p>
        </Cited>
      </Group>
      <p className={data.secondFactor || !data.required ? 'under' : 'attention'}>
        {t(data.secondFactor ? 'people.second.has' : data.required ? 'people.second.needed' : 'people.second.hasNone')}
      </p>
      <Standing factors={data} onAct={setAct} />
      <p role="status">{done}</p>
      {act === 'setUp' && (
        <SetUpAuthenticator onClose={close} onDone={(made) => finish(t('people.second.setUpDone'), made)} />
      )}
      {act === 'remove' && <RemoveAuthenticator onClose={close} onDone={() => finish(t('people.second.removed'))} />}
      {act === 'renew' && <RenewCodes onClose={close} onDone={(made) => finish(t('people.second.renewed'), made)} />}
      <ShownCodes codes={codes} onKept={() => setCodes([])} />
    </section>
  )
}

/** Closes by its button alone: a stray key or click would lose the codes for good. */
export function ShownCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={codes.length > 0}
      onClose={onKept}
      title={t('web.signIn.recoveryCodes.title')}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <RecoveryCodes codes={codes} onKept={onKept} />
    </Modal>
  )
}

function Standing({ factors, onAct }: { factors: Factors; onAct: (act: Act) => void }) {
  const { t } = useTranslation()
  const { totp, secondFactor, recoveryCodes } = factors
  return (
    <table className="facts standing">
      <caption className="unseen">{t('people.second.title')}</caption>
      <tbody>
        <tr>
          <th scope="row">{t('people.second.authenticator')}</th>
          <td>
            {totp === null ? (
              t('people.second.notSetUp')
            ) : (
              <>
                {t('people.second.since')} <Moment at={totp.confirmedAt} />
                {totp.lastUsedAt !== null && (
                  <span className="under">
                    {t('people.second.lastUsed')} <Moment at={totp.lastUsedAt} />
                  </span>
                )}
                {totp.exhausted && <span className="attention">{t('web.signIn.refusals.exhausted')}</span>}
              </>
            )}
          </td>
          <td>
            <Button size="xs" variant="default" onClick={() => onAct(totp === null ? 'setUp' : 'remove')}>
              {t(totp === null ? 'people.second.setUp' : 'people.second.remove')}
            </Button>
          </td>
        </tr>
        {secondFactor && (
          <tr>
            <th scope="row">{t('web.signIn.recoveryCodes.title')}</th>
            <td className={recoveryCodes < 3 ? 'attention' : undefined}>
              {t('people.second.codesLeft', { count: recoveryCodes })}
            </td>
            <td>
              <Button size="xs" variant="default" onClick={() => onAct('renew')}>
                {t('people.second.renew')}
              </Button>
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
