import { Button, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Moment } from '../../web/design/clock'

export interface Secret {
  /** Whose it is, or what it is for. */
  readonly name: string
  readonly value: string
  readonly expiresAt: string
}

/**
 * What the node tells once and keeps no copy of. It closes by its button alone: a stray key or click would lose it for good.
 */
export function ShownOnce({ secret, text, onClose }: { secret: Secret; text: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { name, value, expiresAt } = secret
  return (
    <Modal
      opened
      onClose={onClose}
      title={<bdi>{name}</bdi>}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack gap="md">
        <Text role="status">{text}</Text>
        <TextInput
          label={t('people.secret.label')}
          value={value}
          readOnly
          dir="ltr"
          classNames={{ input: 'code' }}
          autoComplete="off"
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
          data-autofocus
        />
        <Text size="xs">
          {t('people.secret.expires')} <Moment at={expiresAt} />
        </Text>
        <Group justify="flex-end">
          <CopyButton value={value}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {t(copied ? 'people.secret.copied' : 'people.secret.copy')}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{t('people.secret.close')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
