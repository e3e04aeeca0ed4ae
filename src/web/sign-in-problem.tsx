import { Alert } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Refusal } from './ask'

const known: Readonly<Record<string, string>> = {
  'people/sign-in-refused': 'refused',
  'people/too-many-attempts': 'tooMany',
  'people/busy': 'busy',
  'people/weak-password': 'weak',
  'people/step-expired': 'expired',
  'people/wrong-code': 'wrongCode',
  'people/factor-exhausted': 'exhausted',
  'people/factor-unreadable': 'unreadable',
  'console/offline': 'offline',
}

/** Why nobody is signed in, and what to do, in the person's language. */
export function SignInProblem({ cause }: { cause: unknown }) {
  const { t } = useTranslation()
  const code = cause instanceof Refusal ? known[cause.code] : isDeclined(cause) ? 'declined' : undefined
  return (
    <Alert color="red" role="alert" title={t('web.signIn.refused')}>
      {code === undefined ? (cause instanceof Error ? cause.message : String(cause)) : t(`web.signIn.refusals.${code}`)}
    </Alert>
  )
}

/** Closing the browser's own dialog is no failure of anything. */
function isDeclined(cause: unknown): boolean {
  return cause instanceof DOMException && (cause.name === 'NotAllowedError' || cause.name === 'AbortError')
}
