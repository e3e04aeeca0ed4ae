import { useTranslation } from 'react-i18next'

/** Why a member has not got what waits for it, in words; a code that nobody has put into words stands as it is. */
export function Problem({ code }: { code: string | null }) {
  const { t, i18n } = useTranslation()
  if (code === null) return null
  const key = `web.problems.${code}`
  return i18n.exists(key) ? <span title={code}>{t(key)}</span> : <bdi className="code">{code}</bdi>
}
