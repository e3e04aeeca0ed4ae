import type { MemberPlan } from '#node/federation'

const contact = (desk: string, domain: string) => ({
  desk,
  email: `desk@${domain}.example`,
  phone: '+00 000 000 000',
  hours: '24/7',
})

/** The members of the exercise. The states are real, so that treaties and maps light up; the offices are invented. */
export const exerciseMembers: readonly MemberPlan[] = [
  {
    id: 'secretariat',
    name: 'Comity Secretariat (EXERCISE)',
    kind: 'secretariat',
    country: null,
    mandates: ['directory', 'compliance review'],
    contact: contact('Duty desk', 'secretariat'),
    roles: ['secretariat'],
    port: 7000,
  },
  {
    id: 'fr',
    name: 'France, National Central Bureau (EXERCISE)',
    kind: 'state',
    country: 'fr',
    mandates: ['counter-terrorism', 'border-security'],
    contact: contact('NCB duty desk', 'ncb-fr'),
    roles: ['national central bureau'],
    port: 7001,
  },
  {
    id: 'ke',
    name: 'Kenya, National Central Bureau (EXERCISE)',
    kind: 'state',
    country: 'ke',
    mandates: ['counter-terrorism', 'border-security'],
    contact: contact('NCB duty desk', 'ncb-ke'),
    roles: ['national central bureau'],
    port: 7002,
  },
  {
    id: 'id',
    name: 'Indonesia, National Central Bureau (EXERCISE)',
    kind: 'state',
    country: 'id',
    mandates: ['counter-terrorism', 'border-security'],
    contact: contact('NCB duty desk', 'ncb-id'),
    roles: ['national central bureau'],
    port: 7003,
  },
  {
    id: 'horizon-bank',
    name: 'Horizon Bank (EXERCISE)',
    kind: 'financial',
    country: 'fr',
    mandates: ['sanctions-implementation', 'terrorist-financing'],
    contact: contact('Compliance desk', 'horizon-bank'),
    roles: ['financial institution'],
    port: 7004,
  },
]
