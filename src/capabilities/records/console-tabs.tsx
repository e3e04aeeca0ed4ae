import { SegmentedControl } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'

/** Which part of a page is shown: kept in the address, so that it can be shared and gone back to. */
export function useTab<Tab extends string>(tabs: readonly Tab[]): [Tab, (tab: Tab) => void] {
  const search = useSearch({ strict: false }) as { show?: string }
  const navigate = useNavigate()
  const tab = tabs.find((it) => it === search.show) ?? tabs[0]!
  return [tab, (show) => void navigate({ to: '.', search: { show } as never, replace: true })]
}

interface Choosing<Tab extends string> {
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly tab: Tab
  readonly says: (tab: Tab) => string
  readonly onChange: (tab: Tab) => void
}

export function Tabs<Tab extends string>({ label, tabs, tab, says, onChange }: Choosing<Tab>) {
  return (
    <SegmentedControl
      aria-label={label}
      value={tab}
      onChange={(it) => onChange(it as Tab)}
      data={tabs.map((value) => ({ value, label: says(value) }))}
    />
  )
}
