import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { secureHeaders } from 'hono/secure-headers'
import { detailOf, entityIdOf, nameParts, type Published } from '#capabilities/notices/public-extract'
import { readOnePublished, readPublished } from '#capabilities/notices/public-store'
import type { NoticeType } from '#capabilities/notices/record'
import type { Services } from '#http/services'
import texts from './public-words.json' with { type: 'json' }

type Html = ReturnType<typeof html>
type Language = keyof typeof texts
type Words = (typeof texts)['en']

const publicTypes = ['red', 'yellow', 'unsc-special'] as const satisfies readonly NoticeType[]
const pathOf = { red: 'red', yellow: 'yellow', 'unsc-special': 'un' } as const
const languages = Object.keys(texts) as Language[]
const ownNames: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français', es: 'Español', ar: 'العربية' }

const none = ["'none'"]
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: none,
    baseUri: none,
    formAction: none,
    frameAncestors: none,
    styleSrc: ["'self'"],
    imgSrc: ['data:'],
  },
  referrerPolicy: 'no-referrer',
})

/** The pages of the public extract: for anybody, without a script, and with what a notice is and is not. */
export function publicPages(app: Hono, services: Services): void {
  app.get('/public/notices', headers, async (context) => {
    const frame = frameOf(context, services)
    const lists = await Promise.all(
      publicTypes.map(async (type) => ({ type, items: await readPublished(type, services) })),
    )
    return context.html(page(frame, listsOf(lists, frame)), 200, fresh)
  })
  for (const type of publicTypes)
    app.get(`/public/notices/${pathOf[type]}/:entity`, headers, async (context) => {
      const frame = frameOf(context, services)
      const found = await readOnePublished(type, context.req.param('entity') ?? '', services)
      const content = found === undefined ? html`<h1>${frame.words.gone}</h1>` : oneOf(found, frame)
      const back = html`<p><a href="/public/notices?lang=${frame.language}">${frame.words.back}</a></p>`
      return context.html(page(frame, html`${content}${back}`), found === undefined ? 404 : 200, fresh)
    })
}

const fresh = { 'cache-control': 'no-store', vary: 'accept-language' }

interface Frame {
  readonly language: Language
  readonly words: Words
  readonly path: string
  readonly exercise: boolean
  readonly memberName: (id: string) => string
}

function frameOf({ req }: Context, { directories }: Services): Frame {
  const wished = [req.query('lang') ?? '', ...(req.header('accept-language') ?? '').split(',')].map((it) =>
    it.trim().slice(0, 2),
  )
  const language = languages.find((it) => it === wished.find((tag) => languages.some((one) => one === tag))) ?? 'en'
  const { members, exercise } = directories.current()
  const memberName = (id: string) => members.find((it) => it.id === id)?.name ?? id
  return { language, words: texts[language], path: req.path, exercise, memberName }
}

function page({ language, words, path, exercise }: Frame, content: Html): Html {
  return html`<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${words.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/front/front.css">
</head>
<body>
${exercise ? html`<p class="exercise" role="note"><strong>${words.exercise}</strong></p>` : ''}
<main id="content">
${content}
<p class="quiet">${words.redress}</p>
</main>
<footer><nav aria-label="${words.languages}">
${languages.map((it) =>
  it === language
    ? html`<span lang="${it}" aria-current="true">${ownNames[it]}</span> `
    : html`<a href="${path}?lang=${it}" lang="${it}" hreflang="${it}">${ownNames[it]}</a> `,
)}
</nav></footer>
</body>
</html>
`
}

const fullName = (published: Published): string => {
  const { name, forename } = nameParts(published)
  return [forename, name].filter(Boolean).join(' ') || entityIdOf(published)
}

interface Listed {
  readonly type: (typeof publicTypes)[number]
  readonly items: readonly Published[]
}

function listsOf(lists: readonly Listed[], { words, language }: Frame): Html {
  const shown = lists.filter((it) => it.items.length > 0)
  return html`<header><h1>${words.title}</h1><p>${words.warning}</p></header>
${shown.length === 0 ? html`<p>${words.none}</p>` : ''}
${shown.map(
  ({ type, items }) => html`<section aria-labelledby="${type}">
<h2 id="${type}">${words[type]}</h2>
<ul class="links">
${items.map((it) => {
  const { nationalities, date_of_birth } = detailOf(it, '')
  const known = [date_of_birth, ...nationalities].filter(Boolean).join(' · ')
  return html`<li><a href="/public/notices/${pathOf[type]}/${entityIdOf(it).replace('/', '-')}?lang=${language}"><bdi>${fullName(it)}</bdi></a> <span class="quiet"><bdi>${known}</bdi></span></li>`
})}
</ul>
<p class="quiet"><a href="/public/notices/v1/${pathOf[type]}">${words.api}</a></p>
</section>`,
)}`
}

function oneOf(published: Published, { words, memberName }: Frame): Html {
  const it = detailOf(published, '')
  const rows: [string, string | null][] = [
    [words.born, it.date_of_birth],
    [words.nationality, it.nationalities.join(', ')],
    [words.sex, it.sex_id === 'U' ? null : it.sex_id],
    [words.place, it.place_of_birth],
    [words.marks, it.distinguishing_marks],
    [
      'arrest_warrants' in it ? words.charge : '',
      'arrest_warrants' in it ? (it.arrest_warrants[0]?.charge ?? null) : null,
    ],
    [words.reference, 'un_reference' in it ? it.un_reference : null],
    [words.measures, 'measures' in it ? it.measures.join(', ') : null],
    [words.by, memberName(published.owner)],
    [words.published, published.issuedAt.slice(0, 10)],
    [words.review, published.reviewAt.slice(0, 10)],
    [words.version, String(published.version)],
  ]
  return html`<header>
<p class="over">${words[published.notice.type as keyof Words]}</p>
<h1><bdi>${fullName(published)}</bdi></h1>
<p>${words.warning}</p>
</header>
<dl>
${rows.filter(([, value]) => value !== null && value !== '').map(([name, value]) => html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>`)}
</dl>`
}
