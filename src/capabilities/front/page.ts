import { html } from 'hono/html'
import type { Health, Reach } from '#capabilities/front/health'
import { fill, type Language, languages, ownNames, type Words, wordsIn } from '#capabilities/front/language'
import type { Directory, Member } from '#protocol/directory'

type Html = ReturnType<typeof html>

export interface Frame {
  readonly language: Language
  readonly exercise: boolean
  readonly title: string
  /** Path of the page, for the links to its other languages. */
  readonly path: string
}

/** What every page of the node has around it: the exercise banner, a way past it, the languages. */
export function frame({ language, exercise, title, path }: Frame, content: Html, head: Html = html``): Html {
  const words = wordsIn(language)
  return html`<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${exercise ? `${words.exercise} · ` : ''}${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/front/front.css">
${head}
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
${exercise ? html`<p class="exercise" role="note"><strong>${words.exercise}</strong> ${words.exerciseText}</p>` : ''}
<main id="content">
${content}
</main>
<footer>
<nav aria-label="${words.languages}">
${languages.map((it) =>
  it === language
    ? html`<span lang="${it}" aria-current="true">${ownNames[it]}</span> `
    : html`<a href="${path}?lang=${it}" lang="${it}" hreflang="${it}">${ownNames[it]}</a> `,
)}
</nav>
</footer>
</body>
</html>
`
}

interface FrontPage {
  readonly language: Language
  readonly directory: Pick<Directory, 'federation' | 'exercise'>
  readonly member: Pick<Member, 'name' | 'kind' | 'country'>
  readonly health: Health
}

export function frontPage({ language, directory, member, health }: FrontPage): Html {
  const words = wordsIn(language)
  const { name, kind, country } = member
  const at = health.at.toISOString()
  const content = html`<header>
<p class="over">${fill(words.node, { federation: directory.federation })}</p>
<h1>${name}</h1>
<p class="under">${words.kinds[kind]}${country === null ? '' : html` · <abbr title="${words.country}">${country.toUpperCase()}</abbr>`}</p>
</header>
<section aria-labelledby="health">
<h2 id="health">${words.health}</h2>
<dl>
<div><dt>${words.database}</dt><dd>${state(health.database ? 'good' : 'bad', health.database ? words.answers : words.silent)}</dd></div>
${health.ledger === null ? '' : ledgerRows(health.ledger, { words, language, now: health.at })}
</dl>
</section>
<section aria-labelledby="peers">
<h2 id="peers">${words.peers}</h2>
${health.peers.length === 0 ? html`<p class="quiet">${words.peersNone}</p>` : peerList(health.peers, words)}
</section>
<section aria-labelledby="api">
<h2 id="api">${words.documentation}</h2>
<ul class="links">
<li><a href="/api?lang=${language}">${words.browse}</a></li>
<li><a href="/api/v1/openapi.json">${words.description}</a></li>
</ul>
</section>
<p class="quiet as-of"><time datetime="${at}">${fill(words.asOf, { at: isolated(at.slice(0, 16).replace('T', ' ')) })}</time></p>`
  return frame({ language, exercise: directory.exercise, title: name, path: '/status' }, content)
}

interface Telling {
  readonly words: Words
  readonly language: Language
  readonly now: Date
}

/** Keeps a date from being read from the right among Arabic words (Unicode Bidirectional Algorithm, LRI and PDI). */
function isolated(text: string): string {
  return `\u2066${text}\u2069`
}

const lateMinutes = 5

function ledgerRows({ size, checkpoint }: NonNullable<Health['ledger']>, { words, language, now }: Telling): Html {
  const number = new Intl.NumberFormat(`${language}-u-nu-latn`)
  const count = number.format(size)
  const minutes = checkpoint === null ? 0 : Math.floor((now.getTime() - checkpoint.at.getTime()) / 60_000)
  const late = checkpoint !== null && checkpoint.size < size && minutes >= lateMinutes
  const told =
    checkpoint === null
      ? words.noCheckpoint
      : fill(checkpoint.size === size ? words.coversAll : words.covers, {
          ago: ago(minutes, language),
          covered: number.format(checkpoint.size),
          count,
        })
  return html`<div><dt>${words.ledger}</dt><dd>${fill(words.entries, { count })}</dd></div>
<div><dt>${words.checkpoint}</dt><dd>${told}${late ? html`<br>${state('bad', fill(words.late, { minutes: number.format(minutes) }))}` : ''}</dd></div>`
}

function ago(minutes: number, language: Language): string {
  const format = new Intl.RelativeTimeFormat(`${language}-u-nu-latn`, { numeric: 'auto' })
  if (minutes < 60) return format.format(-minutes, 'minute')
  return minutes < 2_880
    ? format.format(-Math.floor(minutes / 60), 'hour')
    : format.format(-Math.floor(minutes / 1_440), 'day')
}

const toneOf: Readonly<Record<Reach, 'good' | 'bad' | 'none'>> = {
  reachable: 'good',
  unreachable: 'bad',
  noContact: 'none',
  suspended: 'none',
}

function peerList(peers: Health['peers'], words: Words): Html {
  return html`<dl>
${peers.map(
  (it) => html`<div><dt><bdi>${it.name}</bdi></dt><dd>${state(toneOf[it.reach], words[it.reach])}</dd></div>
`,
)}</dl>`
}

/** The mark has a shape of its own: colour is never the only sign. */
function state(tone: 'good' | 'bad' | 'none', text: string): Html {
  const mark = { good: '●', bad: '▲', none: '○' }[tone]
  return html`<span class="${tone}"><span aria-hidden="true">${mark}</span> ${text}</span>`
}
