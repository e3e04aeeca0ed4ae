import { Stack } from '@mantine/core'
import type { EvidenceLine } from '#capabilities/screening/evidence-lines'
import { Band, Evidence, Reasons } from './evidence'

const plain = { years: null, tokens: [], oursOnly: [], theirsOnly: [] }

/** Invented: an EXERCISE, nobody is meant. One line of each verdict. */
const lines: readonly EvidenceLine[] = [
  {
    ...plain,
    attribute: 'name',
    finding: 'name_match',
    verdict: 'agrees',
    weight: 5,
    ours: 'Yusuf Exercise-Mansouri',
    theirs: 'يوسف المنصوري',
    tokens: [
      { ours: 'yusuf', theirs: 'يوسف', rule: 'script' },
      { ours: 'mansouri', theirs: 'المنصوري', rule: 'skeleton' },
    ],
    oursOnly: ['exercise'],
  },
  {
    ...plain,
    attribute: 'birthDate',
    finding: 'birth_date_swapped',
    verdict: 'agrees',
    weight: 2,
    ours: '1987-03-09',
    theirs: '1987-09-03',
    years: 0,
  },
  {
    ...plain,
    attribute: 'country',
    finding: 'country_contradicts',
    verdict: 'contradicts',
    weight: -1,
    ours: 'fr',
    theirs: 'ke',
  },
  { ...plain, attribute: 'gender', finding: 'other', verdict: 'apart', weight: 0, ours: 'male', theirs: 'female' },
  {
    ...plain,
    attribute: 'passport',
    finding: 'missing',
    verdict: 'missing',
    weight: 0,
    ours: 'EX-1234567',
    theirs: '',
  },
]

/** The evidence of a hit, aligned, and the same in a few lines. */
export function Sample() {
  return (
    <Stack gap="md">
      <p>
        <Band band="alert" score={0.93} />
      </p>
      <Evidence lines={lines} side="ours" />
      <Reasons lines={lines} side="ours" />
    </Stack>
  )
}
