import type { Context } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Capability } from '#capabilities/capability'
import { apiPage } from '#capabilities/front/api-page'
import { readerOfBoundaries, serveBoundaries } from '#capabilities/front/boundaries'
import { readConsole, serveAsset, servePage } from '#capabilities/front/console-files'
import { filePaths, serveFile } from '#capabilities/front/files'
import { healthOf } from '#capabilities/front/health'
import { chooseLanguage } from '#capabilities/front/language'
import { frontPage } from '#capabilities/front/page'
import { findMember } from '#protocol/directory'

const nothing = ["'none'"]
const self = ["'self'"]

/** Stricter than that of the API: the front page needs no script, and neither page talks to anybody but this node. */
const common = { defaultSrc: nothing, baseUri: nothing, formAction: nothing, frameAncestors: nothing }
const pageHeaders = secureHeaders({
  contentSecurityPolicy: { ...common, styleSrc: self, imgSrc: ['data:'] },
  referrerPolicy: 'no-referrer',
})
const apiHeaders = secureHeaders({
  contentSecurityPolicy: { ...common, scriptSrc: self, styleSrc: self, imgSrc: ["'self'", 'data:'], connectSrc: self },
  referrerPolicy: 'no-referrer',
})

const languageOf = ({ req }: Context) => chooseLanguage(req.query('lang'), req.header('accept-language'))
const fresh = { 'cache-control': 'no-store', vary: 'accept-language' }

/** What the node shows to anybody who opens its address: that it is well, and how its API is used. */
export const front: Capability = {
  name: 'front',
  pages: (app, services) => {
    const { directories, identity, log, settings } = services
    const health = healthOf(services)
    const member = () => findMember(directories.current(), identity.me)

    const built = readConsole()
    if (built !== undefined) {
      app.get('/', (context) => context.redirect('/console/'))
      app.get('/console/assets/:name', (context) => serveAsset(context, built))
      const read = readerOfBoundaries(settings.dataDirectory)
      const warn = (problem: string) => log.warn({ problem }, 'the boundaries of this office cannot be used')
      app.get('/console/boundaries.json', (context) => serveBoundaries(context, { read, warn }))
      app.get('/console/*', (context) =>
        servePage(context, built, { office: member().name, exercise: directories.current().exercise }),
      )
    }

    // Without a built console the state of the node is what its address shows.
    app.on('GET', built === undefined ? ['/', '/status'] : ['/status'], pageHeaders, async (context) => {
      const now = await health()
      const page = { language: languageOf(context), directory: directories.current(), member: member(), health: now }
      return context.html(frontPage(page), now.database ? 200 : 503, fresh)
    })

    app.get('/healthz', pageHeaders, async (context) => {
      const { database: ok } = await health()
      return context.json({ ok, status: ok ? 'ok' : 'error' }, ok ? 200 : 503, { 'cache-control': 'no-store' })
    })

    app.get('/api', apiHeaders, (context) => {
      const { exercise } = directories.current()
      return context.html(apiPage({ language: languageOf(context), exercise, name: member().name }), 200, fresh)
    })

    for (const path of filePaths) app.get(path, apiHeaders, serveFile)
  },
}
