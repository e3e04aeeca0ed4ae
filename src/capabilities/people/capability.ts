import type { Capability } from '#capabilities/capability'
import { authenticate } from '#capabilities/people/authenticate'
import * as colleagueRoutes from '#capabilities/people/colleague-routes'
import * as factorRoutes from '#capabilities/people/factor-routes'
import { migrations } from '#capabilities/people/migrations'
import * as passkeyRoutes from '#capabilities/people/passkey-routes'
import * as peopleRoutes from '#capabilities/people/people-routes'
import { readStanding } from '#capabilities/people/people-store'
import * as policyRoutes from '#capabilities/people/policy-routes'
import * as secondStepRoutes from '#capabilities/people/second-step-routes'
import { seedPeople } from '#capabilities/people/seed'
import * as sessionRoutes from '#capabilities/people/session-routes'
import { offerSetup } from '#capabilities/people/setup'
import * as signInRoutes from '#capabilities/people/sign-in-routes'
import * as tokenRoutes from '#capabilities/people/token-routes'

export const people: Capability = {
  name: 'people',
  migrations,
  operations: [
    signInRoutes,
    secondStepRoutes,
    sessionRoutes,
    factorRoutes,
    passkeyRoutes,
    peopleRoutes,
    colleagueRoutes,
    policyRoutes,
    tokenRoutes,
  ].flatMap((it) => Object.values(it)),
  seed: seedPeople,
  authenticate,
  administered: {
    person: ['administrator', 'supervisor', 'auditor'],
    token: ['administrator'],
    passkey: ['administrator'],
    'sign-in-policy': ['administrator', 'auditor'],
  },
  people: (store) => ({ standing: (ids) => readStanding(store, ids) }),
  start: offerSetup,
}
