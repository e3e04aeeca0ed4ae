import { Refusal, type Work } from './ask'

export interface Sent {
  readonly sent: number
  readonly total: number
  /** Bytes a second since the file began to leave. */
  readonly rate: number
}

interface HandIn {
  /** With the query; the name of the file is added. */
  readonly path: string
  readonly work?: Work | undefined
  readonly onSent?: (sent: Sent) => void
}

/** Hands in one file under its name, for the purpose of the work where the node asks for it. Throws `Refusal`. */
export function handIn<Reply>(file: File, { path, ...more }: HandIn): Promise<Reply> {
  const name = `name=${encodeURIComponent(file.name.slice(0, 120))}`
  return sendFile(file, { method: 'POST', address: `${path}${path.includes('?') ? '&' : '?'}${name}`, ...more })
}

interface Sending extends Omit<HandIn, 'path'> {
  readonly method: 'POST' | 'PUT'
  readonly address: string
}

/**
 * Sends one file as it is, in bytes. `fetch` does not tell how much has left, and lines may be slow, so this is an
 * `XMLHttpRequest`. Throws `Refusal`.
 */
export function sendFile<Reply>(file: File, { method, address, work, onSent }: Sending): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const begun = performance.now()
    request.open(method, address)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    if (work !== undefined) {
      request.setRequestHeader('comity-purpose', work.purpose)
      // Headers hold Latin letters; other scripts go in the form of RFC 8187.
      request.setRequestHeader('comity-reference', `UTF-8''${encodeURIComponent(work.reference)}`)
    }
    request.upload.onprogress = ({ loaded, total }) => {
      const seconds = Math.max(0.001, (performance.now() - begun) / 1_000)
      onSent?.({ sent: loaded, total, rate: loaded / seconds })
    }
    request.onerror = () =>
      reject(new Refusal({ status: 0, code: 'console/offline', title: 'The node cannot be reached.' }))
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText))
      else reject(refusalOf(request))
    }
    request.send(file)
  })
}

function refusalOf({ status, statusText, responseText }: XMLHttpRequest): Refusal {
  const plain = { title: statusText, code: 'console/unknown' }
  try {
    return new Refusal({ ...plain, ...JSON.parse(responseText), status })
  } catch {
    return new Refusal({ ...plain, status }) // what stands between here and the node may answer in no JSON
  }
}
