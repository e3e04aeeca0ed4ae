import './people.css'
import { Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSignedIn } from '../../web/node'
import { SecondFactor } from './console-factors'
import { Passkeys } from './console-passkeys'
import { Password } from './console-password'
import { Sessions } from './console-sessions'
import { Tokens } from './console-tokens'

/** By what one gets in, and where one is in: sessions, password, passkeys, tokens of programs. */
export function Page() {
  const { t } = useTranslation()
  const { name, username, roles } = useSignedIn()
  return (
    <Stack gap="lg">
      <header>
        <Title order={1} size="h3">
          {t('people.account.title')}
        </Title>
        <p className="under">
          <bdi>{name}</bdi> · <bdi>{username}</bdi> · {roles.map((it) => t(`web.roles.${it}`)).join(', ')}
        </p>
      </header>
      <Sessions />
      <Password />
      <SecondFactor />
      <Passkeys />
      <Tokens whose="mine" />
    </Stack>
  )
}
