import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { openScene, type Scene } from '../../../test/kit.ts'

/** The tests of the people's sign-in use `publicUrl`; a page is fetched where the node listens. */
const at = (scene: Scene, member: string) => scene.material.directory.document.members.find((it) => it.id === member)!

function checkPolicy(response: Response): void {
  const policy = response.headers.get('content-security-policy')!
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
}

describe('pages', () => {
  it('show the node to anybody, with nothing of its records or its people', async () => {
    await using scene = await openScene(['fr', 'ke'])
    const { url } = at(scene, 'fr').endpoint
    const response = await fetch(`${url}/status`, { headers: { 'accept-language': 'fr' } })
    const text = await response.text()
    expect(response.status).toBe(200)
    checkPolicy(response)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(text).toContain('France, National Central Bureau')
    expect(text).toContain('Kenya, National Central Bureau')
    expect(text).toContain('EXERCICE')
    expect(text).not.toMatch(/rec_|per_|@|127\.0\.0\.1/)
    expect((await fetch(`${url}/status`, { method: 'POST' })).status).toBe(404)
  })

  it('lead to the console, whose page tells the office and whose files never change under their names', async () => {
    await using scene = await openScene(['fr'])
    const { url } = at(scene, 'fr').endpoint
    const page = await fetch(`${url}/`)
    expect(page.url).toBe(`${url}/console/`)
    checkPolicy(page)
    const text = await page.text()
    expect(text).toContain('content="France, National Central Bureau (EXERCISE)"')
    const nonce = /comity-style-nonce" content="([^"]+)"/.exec(text)![1]!
    expect(page.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
    expect(await (await fetch(`${url}/console/`)).text()).not.toContain(nonce)
    const files = [...text.matchAll(/(?:src|href)="(\/console\/[^"]+)"/g)].map((it) => it[1]!)
    expect(files.length).toBeGreaterThan(1)
    for (const file of files) {
      const { status, headers } = await fetch(url + file)
      expect(status).toBe(200)
      expect(headers.get('cache-control')).toContain('immutable')
    }
    for (const path of [
      '/console/assets/nothing.js',
      '/console/assets/..%2findex.html',
      '/console/assets/%2e%2e%2f%2e%2e%2fpackage.json',
    ])
      expect((await fetch(url + path)).status, path).toBe(404)
  })

  it('say ok or not ok to a stranger who asks for health, and no more', async () => {
    await using scene = await openScene(['fr'])
    const { url } = at(scene, 'fr').endpoint
    const { db } = scene.node('fr').services.store
    const ask = async () => {
      const response = await fetch(`${url}/healthz`)
      return [response.status, await response.json()]
    }
    expect(await ask()).toEqual([200, { ok: true, status: 'ok' }])
    await sql`alter table ledger_head rename to ledger_gone`.execute(db)
    await new Promise((resume) => setTimeout(resume, 2_100))
    expect(await ask()).toEqual([503, { ok: false, status: 'error' }])
    expect((await fetch(`${url}/status`)).status).toBe(503)
    await sql`alter table ledger_gone rename to ledger_head`.execute(db)
  })

  it('show the API with files of this node alone', async () => {
    await using scene = await openScene(['fr'])
    const { url } = at(scene, 'fr').endpoint
    const page = await fetch(`${url}/api`)
    checkPolicy(page)
    const text = await page.text()
    expect(text).toContain('EXERCISE')
    const asked = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map((it) => it[1]!)
    for (const it of asked) expect(it).toMatch(/^(\/(?!\/)|#|data:,$)/)
    for (const path of asked.filter((it) => /\.(js|css)$/.test(it))) {
      const file = await fetch(url + path)
      expect(file.status).toBe(200)
      expect(file.headers.get('content-type')).toMatch(/^text\/(css|javascript)/)
      expect((await file.text()).length).toBeGreaterThan(100)
      const again = await fetch(url + path, { headers: { 'if-none-match': file.headers.get('etag')! } })
      expect(again.status).toBe(304)
    }
    for (const path of [
      '/api/docs/index.html',
      '/api/docs/../package.json',
      '/api/docs/%2e%2e/package.json',
      '/front/x',
    ])
      expect((await fetch(url + path)).status).toBe(404)
  })
})
