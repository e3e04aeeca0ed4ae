import './authenticator.css'
import { Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { QrCode } from './qr-code'

/** What an authenticator is given, to scan or to type. */
export interface NewAuthenticator {
  readonly secret: string
  readonly uri: string
}

export function AuthenticatorSecret({ secret, uri }: NewAuthenticator) {
  const { t } = useTranslation()
  return (
    <Stack gap="sm">
      <Text>{t('web.signIn.enrol.scan')}</Text>
      <QrCode text={uri} label={t('web.signIn.enrol.qr')} />
      <dl className="secret-of">
        <dt>{t('web.signIn.enrol.secret')}</dt>
        <dd className="secret" dir="ltr">
          {secret.match(/.{1,4}/g)?.join(' ')}
        </dd>
      </dl>
    </Stack>
  )
}

/** Codes that the node shows once; one goes on by saying that they are kept. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useTranslation()
  return (
    <Stack gap="sm">
      <Text role="status">{t('web.signIn.recoveryCodes.text')}</Text>
      <ol className="recovery-codes" dir="ltr" aria-label={t('web.signIn.recoveryCodes.title')}>
        {codes.map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ol>
      <Group justify="flex-end">
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'web.signIn.recoveryCodes.copied' : 'web.signIn.recoveryCodes.copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onKept}>{t('web.signIn.recoveryCodes.kept')}</Button>
      </Group>
    </Stack>
  )
}
