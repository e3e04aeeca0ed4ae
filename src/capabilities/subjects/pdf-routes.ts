import { z } from 'zod'
import { makePdf, pdfLanguages } from '#capabilities/subjects/pdf'
import { type Subject, subjectKind } from '#capabilities/subjects/record'
import { operation } from '#http/operation'
import { foundOf, RecordParams } from '#http/shapes'
import { sha256, toHex } from '#kernel/bytes'
import { audited } from '#store/audited'

export const pdf = operation({
  id: 'subjects.pdf',
  method: 'get',
  path: '/subjects/{id}/pdf',
  summary: 'A subject as a document to print: a file in base64, with its handling and the purpose on every page',
  access: { roles: ['officer', 'supervisor', 'legal'], scope: 'read', purpose: true },
  params: RecordParams,
  query: z.object({ language: z.enum(pdfLanguages).default('en') }),
  reply: z.object({
    name: z.string(),
    mediaType: z.literal('application/pdf'),
    bytes: z.number(),
    sha256: z.string(),
    content: z.string(),
  }),
  handle: async ({ params, query, caller, signedIn, reader, services, commit }) => {
    const view = foundOf(subjectKind, await reader.record<Subject>(params.id, 'export'))
    const { members } = services.directories.current()
    const names: Record<string, string> = Object.fromEntries(members.map((it) => [it.id, it.name]))
    for (const { other } of Object.values(view.body.relations)) {
      const related = 'record' in other ? await reader.record(other.record, 'export') : undefined
      if (related !== undefined) names[related.id] = related.caption
    }
    const { id, version, owner, issuedAt, state, caption, hash, handling, marks, body } = view
    const bytes = await makePdf({
      record: { id, version, owner, issuedAt, state, caption, hash, handling, marks, body },
      language: query.language,
      exercise: services.settings.exercise,
      printed: {
        by: signedIn!.person.name,
        office: names[services.identity.me] ?? services.identity.me,
        at: services.store.clock.now().toISOString(),
        purpose: caller.purpose!,
        reference: caller.reference!,
      },
      names,
    })
    const hashed = toHex(sha256(bytes))
    // The file is named by the record, not by the person: names of files are seen by others.
    const reply = {
      name: `${id}-v${version}.pdf`,
      mediaType: 'application/pdf' as const,
      bytes: bytes.byteLength,
      sha256: hashed,
      content: Buffer.from(bytes).toString('base64'),
    }
    const details = { form: 'pdf', language: query.language, sha256: hashed }
    return commit({ audit: [audited('export', caller, { object: view, details })] }, reply)
  },
})
