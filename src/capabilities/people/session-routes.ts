import { z } from 'zod'
import { countAttempt, forgetAttempts } from '#capabilities/people/attempts'
import { beginSession } from '#capabilities/people/begin-session'
import { clearedCookie } from '#capabilities/people/credentials'
import { fault, found } from '#capabilities/people/faults'
import { checkPassword, hashPassword, verifyPassword } from '#capabilities/people/password'
import { Person, Scopes, Session, SessionParams, TypedPassword } from '#capabilities/people/record'
import { personReply, sessionReply } from '#capabilities/people/replies'
import { readSessions } from '#capabilities/people/session-store'
import {
  endAllSessions,
  endOtherSessions,
  endSession,
  idleSince,
  ownSession,
  replacePassword,
} from '#capabilities/people/sessions'
import { readPerson } from '#capabilities/people/store'
import { operation } from '#http/operation'

const reading = { roles: 'signed-in', scope: 'read' } as const
const writing = { roles: 'signed-in', scope: 'write' } as const

export const me = operation({
  id: 'people.me',
  method: 'get',
  path: '/me',
  summary: 'Who is signed in, at which member, with which roles and scopes',
  access: reading,
  reply: Person.extend({
    member: z.object({ id: z.string(), name: z.string() }),
    scopes: Scopes,
    session: z.string().nullable(),
    exercise: z.boolean(),
  }),
  command: { words: 'whoami' },
  handle: async ({ signedIn, services }) => {
    const { person, scopes, session } = found(signedIn)
    const { directories, identity, settings, store } = services
    const row = found(await readPerson(store, { id: person.id }))
    const member = found(directories.current().members.find((it) => it.id === identity.me))
    return {
      ...personReply(row),
      member: { id: member.id, name: member.name },
      scopes: [...scopes],
      session,
      exercise: settings.exercise,
    }
  },
})

export const signOut = operation({
  id: 'people.sign-out',
  method: 'post',
  path: '/sign-out',
  summary: 'End this session',
  access: reading,
  reply: z.object({ session: z.string() }),
  handle: async ({ signedIn, caller, services, commit, setCookie }) => {
    const { session } = ownSession(signedIn)
    const reply = await commit(endSession({ id: session }, { caller }), { session })
    setCookie(clearedCookie({ member: services.store.me, publicUrl: services.settings.publicUrl }))
    return reply
  },
})

export const signOutEverywhere = operation({
  id: 'people.sign-out-everywhere',
  method: 'post',
  path: '/sign-out-everywhere',
  summary: 'End all your sessions, this one too; tokens are revoked one by one',
  access: writing,
  reply: z.object({ ended: z.number() }),
  handle: async ({ signedIn, caller, services, commit, setCookie }) => {
    const { id } = found(signedIn).person
    const { store, settings } = services
    const open = await readSessions(store, id, idleSince(store.clock.now()))
    const reply = await commit(endAllSessions(id, { caller }), { ended: open.length })
    setCookie(clearedCookie({ member: store.me, publicUrl: settings.publicUrl }))
    return reply
  },
})

export const sessions = operation({
  id: 'people.sessions',
  method: 'get',
  path: '/sessions',
  summary: 'Where you are signed in, newest first',
  access: reading,
  reply: z.object({ items: z.array(Session) }),
  command: { words: 'sessions list', columns: ['id', 'userAgent', 'lastSeenAt', 'expiresAt', 'current'] },
  handle: async ({ signedIn, services: { store } }) => {
    const { person, session } = found(signedIn)
    const rows = await readSessions(store, person.id, idleSince(store.clock.now()))
    return { items: rows.map((it) => sessionReply(it, session)) }
  },
})

export const endOne = operation({
  id: 'people.end-session',
  method: 'delete',
  path: '/sessions/{id}',
  summary: 'End one of your sessions',
  access: writing,
  params: SessionParams,
  reply: z.object({ id: z.string() }),
  command: { words: 'sessions end', positional: ['id'] },
  handle: async ({ params, signedIn, caller, services: { store }, commit }) => {
    const own = await readSessions(store, found(signedIn).person.id, idleSince(store.clock.now()))
    const session = found(own.find((it) => it.id === params.id))
    return commit(endSession(session, { caller }), { id: session.id })
  },
})

export const endOthers = operation({
  id: 'people.end-other-sessions',
  method: 'post',
  path: '/sessions/end-others',
  summary: 'End all your sessions but this one',
  access: writing,
  reply: z.object({ ended: z.number() }),
  handle: async ({ signedIn, caller, services: { store }, commit }) => {
    const { person, session } = ownSession(signedIn)
    const open = await readSessions(store, person, idleSince(store.clock.now()))
    const others = open.filter((it) => it.id !== session)
    return commit(endOtherSessions(person, others, { caller }), { ended: others.length })
  },
})

export const changePassword = operation({
  id: 'people.change-password',
  method: 'put',
  path: '/me/password',
  summary: 'Change your password: all your sessions end, and this one goes on under a new cookie',
  access: writing,
  body: z.object({ current: TypedPassword, next: TypedPassword }),
  reply: z.object({ person: Person, expiresAt: z.string() }),
  limitBytes: 8_192,
  handle: async (request) => {
    const { body, caller, services, signedIn } = request
    const { store } = services
    const { session, person: id } = ownSession(signedIn)
    const person = found(await readPerson(store, { id }))
    countAttempt(store, person.id, store.clock.now())
    if (!(await verifyPassword(body.current, person.password)))
      throw fault('people/wrong-password', 'The current password is another one.')
    forgetAttempts(store, person.id)
    checkPassword(body.next, { username: person.username, former: body.current })
    const next = await hashPassword(body.next)
    const before = replacePassword(person, next, { caller })
    const open = await readSessions(store, id, idleSince(store.clock.now()))
    const { factor } = found(open.find((it) => it.id === session))
    return beginSession({ ...person, password: next }, request, { factor, before })
  },
})
