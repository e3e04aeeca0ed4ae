/** One server-sent event (WHATWG HTML, section 9.2). */
export interface ServerSent {
  readonly event: string
  readonly data: string
  readonly id: string | undefined
}

/** Reads events from the chunks of a reply. What is after the last blank line never was a whole event and is left out. */
export async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSent | 'heartbeat'> {
  const decoder = new TextDecoder()
  let held = ''
  let event = ''
  let data: string[] = []
  let id: string | undefined
  for await (const chunk of chunks) {
    const lines = `${held}${decoder.decode(chunk, { stream: true })}`.split(/\r\n|\n|\r(?!$)/)
    held = lines.pop() ?? ''
    if (held.length > longestLine) throw new RangeError('a line of the stream is too long')
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { event: event === '' ? 'message' : event, data: data.join('\n'), id }
        event = ''
        data = []
        continue
      }
      const colon = line.indexOf(':')
      const field = colon < 0 ? line : line.slice(0, colon)
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
      if (colon === 0) yield 'heartbeat'
      else if (field === 'event') event = value
      else if (field === 'data') data.push(value)
      else if (field === 'id' && !value.includes('\0')) id = value
    }
  }
}

const longestLine = 8_388_608
