import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { properties as asked } from '#capabilities/notices/console-properties'
import type { Notice } from '#capabilities/notices/record'
import { MemberName } from '../../web/design/member-name'
import { useDirectory } from '../../web/record/acting'
import { Country, Said } from './console-names'

const countryProperties: ReadonlySet<string> = new Set([
  'nationality',
  'citizenship',
  'country',
  'jurisdiction',
  'flag',
  'birthCountry',
])

/** What the notice says, block by block. What is withheld from this office is absent. */
export function Content({ notice }: { notice: Notice }) {
  const { t } = useTranslation()
  const { subject, facts, judicial, assurances, interest, warning, incident, method, assets, council } = notice
  return (
    <>
      {subject !== undefined && <Subject subject={subject} />}
      {facts !== undefined && (
        <Block name="facts" block={facts} order={['summary', 'role', 'from', 'to', 'place', 'country']} />
      )}
      {judicial !== undefined && <Judicial judicial={judicial} />}
      {assurances !== undefined && (
        <Block
          name="assurances"
          block={assurances}
          order={['hasPower', 'extraditionAuthorityConsulted', 'extraditionWillBeSought']}
        />
      )}
      {interest !== undefined && (
        <Block name="interest" block={interest} order={['status', 'case', 'asked']} words={{ status: 'statuses' }} />
      )}
      {warning !== undefined && (
        <Block
          name="warning"
          block={warning}
          order={['content', 'assessment', 'grounds', 'imminence', 'danger']}
          words={{ grounds: 'grounds' }}
        />
      )}
      {incident !== undefined && (
        <Block
          name="incident"
          block={incident}
          order={['policeRecord', 'at', 'place', 'circumstances', 'adultsLawAllows', 'forensic']}
        />
      )}
      {method !== undefined && (
        <Facts caption={t('notices.blocks.method')}>
          <Fact name={t('notices.fields.method')}>
            <Said text={method} />
          </Fact>
        </Facts>
      )}
      {assets !== undefined && <Block name="assets" block={assets} order={['predicateOffence', 'description']} />}
      {council !== undefined && (
        <Facts caption={t('notices.blocks.council')}>
          <Fact name={t('notices.fields.council.reference')}>
            <bdi>{council.reference}</bdi>
          </Fact>
          <Fact name={t('notices.fields.council.measures')}>
            {council.measures.map((it) => t(`notices.measures.${it}`)).join(' · ')}
          </Fact>
        </Facts>
      )}
      <Asked notice={notice} />
    </>
  )
}

export function Facts({ caption, children }: { caption: string; children: ReactNode }) {
  return (
    <table className="facts">
      <caption>{caption}</caption>
      <tbody>{children}</tbody>
    </table>
  )
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  )
}

interface BlockProps {
  readonly name: string
  readonly block: object
  readonly order: readonly string[]
  /** Fields that hold one of a few words, and where those are named. */
  readonly words?: Readonly<Record<string, string>>
}

function Block({ name, block, order, words = {} }: BlockProps) {
  const { t } = useTranslation()
  return (
    <Facts caption={t(`notices.blocks.${name}`)}>
      <Fields name={name} block={block} order={order} words={words} />
    </Facts>
  )
}

function Fields({ name, block, order, words = {} }: BlockProps) {
  const { t } = useTranslation()
  const values = block as Readonly<Record<string, string | number | boolean | undefined>>
  return order.map((it) => {
    const value = values[it]
    if (value === undefined) return null
    return (
      <Fact key={it} name={t(`notices.fields.${name}.${it}`)}>
        {typeof value === 'boolean' ? (
          t(`notices.yesNo.${value ? 'yes' : 'no'}`)
        ) : words[it] !== undefined ? (
          t(`notices.${words[it]}.${value}`)
        ) : it === 'country' ? (
          <Country code={String(value)} />
        ) : (
          <Said text={String(value)} />
        )}
      </Fact>
    )
  })
}

function Judicial({ judicial }: { judicial: NonNullable<Notice['judicial']> }) {
  const { t } = useTranslation()
  const { warrant, life, ...rest } = judicial
  return (
    <>
      <Block
        name="judicial"
        block={{ ...rest, ...(life ? { life } : {}) }}
        order={['stage', 'charge', 'law', 'maximumPenaltyMonths', 'life', 'sentenceMonths', 'remainingMonths']}
        words={{ stage: 'stages' }}
      />
      {warrant !== undefined && (
        <Facts caption={t('notices.blocks.warrant')}>
          <Fields
            name="warrant"
            block={warrant}
            order={['authority', 'reference', 'date', 'judicial', 'appealToJudge', 'copyAttached']}
          />
        </Facts>
      )}
    </>
  )
}

function Subject({ subject: { schema, properties, biometrics } }: { subject: NonNullable<Notice['subject']> }) {
  const { t, i18n } = useTranslation()
  const kept = (['photograph', 'fingerprints', 'dna'] as const).filter((it) => biometrics?.[it])
  const nameOf = (it: string) => (i18n.exists(`web.properties.${it}`) ? t(`web.properties.${it}`) : it)
  return (
    <Facts caption={t(`notices.schemata.${schema}`)}>
      {inOrder(schema, properties).map(([property, values]) => (
        <Fact key={property} name={nameOf(property)}>
          {values.map((it) => (
            <div key={it}>
              {countryProperties.has(property) && /^[a-z]{2}$/.test(it) ? (
                <Country code={it} />
              ) : property === 'gender' ? (
                t(`notices.genders.${it}`, it)
              ) : (
                <bdi>{it}</bdi>
              )}
            </div>
          ))}
        </Fact>
      ))}
      {kept.length > 0 && (
        <Fact name={t('notices.fields.biometrics')}>{kept.map((it) => t(`notices.biometrics.${it}`)).join(' · ')}</Fact>
      )}
    </Facts>
  )
}

/** As the form has them; what it has not comes last. */
function inOrder(schema: string, stated: Readonly<Record<string, string[]>>): [string, string[]][] {
  const names = (asked[schema] ?? []).map(([name]) => name)
  const placeOf = (name: string) => (names.indexOf(name) + names.length + 1) % (names.length + 1)
  return Object.entries(stated).sort(([a], [b]) => placeOf(a) - placeOf(b))
}

function Asked({ notice: { reference, to, sought, publicExtract } }: { notice: Notice }) {
  const { t } = useTranslation()
  const { groups } = useDirectory()
  return (
    <Facts caption={t('notices.blocks.way')}>
      <Fact name={t('notices.fields.reference')}>
        <bdi>{reference}</bdi>
      </Fact>
      <Fact name={t('notices.blocks.to')}>
        {to.sectors.map((it) => (
          <div key={it}>{t(`web.acts.sectors.${it}`)}</div>
        ))}
        {to.groups.map((it) => (
          <div key={it}>
            <bdi>{groups.find((one) => one.id === it)?.name ?? it}</bdi>
          </div>
        ))}
        {to.members.map((it) => (
          <div key={it}>
            <MemberName id={it} />
          </div>
        ))}
      </Fact>
      {sought.length > 0 && (
        <Fact name={t('notices.fields.sought')}>{sought.map((it) => t(`notices.soughts.${it}`, it)).join(' · ')}</Fact>
      )}
      {publicExtract && <Fact name={t('notices.fields.publicExtract')}>{t('notices.yesNo.yes')}</Fact>}
    </Facts>
  )
}
