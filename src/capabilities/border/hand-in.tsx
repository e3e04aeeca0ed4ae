import { Refusal } from '../../web/ask'

/** Hands in one message as it is: bytes, which no other request of the console carries. Throws `Refusal`. */
export async function handIn(
  file: File,
  { desk, interactive }: { desk: string; interactive: boolean },
): Promise<{ readonly id: string }> {
  const query = new URLSearchParams({
    desk,
    name: file.name.slice(0, 120),
    answer: interactive ? 'cusres' : 'report',
  })
  const headers = { accept: 'application/json', 'content-type': 'application/octet-stream' }
  let response: Response
  try {
    response = await fetch(`/api/v1/border/messages?${query}`, { method: 'POST', headers, body: file })
  } catch {
    throw new Refusal({ status: 0, code: 'console/offline', title: 'The node cannot be reached.' })
  }
  const plain = { title: response.statusText, code: 'console/unknown' }
  const reply = await response.json().catch(() => ({})) // what stands between here and the node may answer in no JSON
  if (!response.ok) throw new Refusal({ ...plain, ...reply, status: response.status })
  return reply
}
