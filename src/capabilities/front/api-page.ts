import { html } from 'hono/html'
import { type Language, wordsIn } from '#capabilities/front/language'
import { frame } from '#capabilities/front/page'

/** The frame around Swagger UI, which reads the node's own description of its API. */
export function apiPage({ language, exercise, name }: { language: Language; exercise: boolean; name: string }) {
  const words = wordsIn(language)
  const head = html`<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<link rel="stylesheet" href="/front/api.css">
<script src="/api/docs/swagger-ui-bundle.js" defer></script>
<script src="/front/api.js" defer></script>`
  const content = html`<header>
<p class="over"><a href="/status?lang=${language}">${words.back}</a></p>
<h1>${words.apiTitle}</h1>
<p class="under"><bdi>${name}</bdi></p>
</header>
<div id="api" dir="ltr" lang="en"><noscript><p><a href="/api/v1/openapi.json">${words.description}</a></p></noscript></div>
<p id="failed" class="bad" role="alert" hidden>${words.apiFailed}</p>`
  return frame({ language, exercise, title: `${words.apiTitle} · ${name}`, path: '/api' }, content, head)
}
