import { useTranslation } from 'react-i18next'
import { MemberName } from '../../web/design/member-name'

export interface Previewed {
  readonly member: string
  readonly permit: boolean
  readonly because: readonly { readonly rule: string; readonly text: string }[]
  readonly withheld: readonly { readonly pointer: string; readonly rule: string; readonly text: string }[]
}

/** For each recipient: the whole warning, the warning without some fields and why, or nothing and why. */
export function Preview({ recipients }: { recipients: readonly Previewed[] }) {
  const { t } = useTranslation()
  if (recipients.length === 0) return null
  return (
    <ul aria-live="polite">
      {recipients.map(({ member, permit, because, withheld }) => (
        <li key={member}>
          <MemberName id={member} />{' '}
          {permit ? (
            t(withheld.length === 0 ? 'threats.share.sees' : 'threats.share.withheld')
          ) : (
            <strong className="warns">
              {t('threats.share.refused')} <bdi>{because[0]?.text}</bdi>
            </strong>
          )}
          {permit && withheld.length > 0 && (
            <ul>
              {withheld.map((it) => (
                <li key={it.pointer}>
                  {fieldOf(it.pointer, t)}: <bdi>{it.text}</bdi>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
}

/** `/body/where` by the name that the page has for it. */
function fieldOf(pointer: string, t: (key: string, options: { defaultValue: string }) => string): string {
  const field = pointer.slice('/body/'.length)
  return t(`threats.${field}`, { defaultValue: field })
}
