import { Modal, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import './mantine-pages.css'

/** Keys that work on every page, by the name of what they do. */
const keys = [
  ['find', 'Ctrl K'],
  ['nextRow', 'j ↓'],
  ['previousRow', 'k ↑'],
  ['open', 'Enter'],
  ['today', 't'],
  ['search', '/'],
  ['keys', '?'],
] as const

interface KeySheetProps {
  readonly single: boolean
  readonly setSingle: (on: boolean) => void
  readonly onClose: () => void
}

export function KeySheet({ single, setSingle, onClose }: KeySheetProps) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('web.keys.title')} size="md">
      <table className="facts">
        <caption className="unseen">{t('web.keys.title')}</caption>
        <tbody>
          {keys.map(([name, key]) => (
            <tr key={name}>
              <th scope="row">{t(`web.keys.${name}`)}</th>
              <td>
                <kbd dir="ltr">{key}</kbd>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Switch
        mt="md"
        checked={single}
        label={t('web.keys.single')}
        onChange={(event) => setSingle(event.currentTarget.checked)}
      />
    </Modal>
  )
}
