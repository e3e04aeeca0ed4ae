import { Refusal, type Work } from './ask'

export interface Sent {
  readonly sent: number
  readonly total: number
}

interface HandIn {
  /** With the query; the name of the file is added. */
  readonly path: string
  readonly work?: Work | undefined
  readonly onSent?: (sent: Sent) => void
}

/**
 * Hands in one file as it is: bytes, for the purpose of the work where the node asks for it. `fetch` does not tell how much has
 * left, and lines may be slow, so this is an `XMLHttpRequest`. Throws `Refusal`.
 */
export function handIn<Reply>(file: File, { path, work, onSent }: HandIn): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const name = `name=${encodeURIComponent(file.name.slice(0, 120))}`
    request.open('POST', `${path}${path.includes('?') ? '&' : '?'}${name}`)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    if (work !== undefined) {
      request.setRequestHeader('comity-purpose', work.purpose)
      // Headers hold Latin letters; other scripts go in the form of RFC 8187.
      request.setRequestHeader('comity-reference', `UTF-8''${encodeURIComponent(work.reference)}`)
    }
    request.upload.onprogress = ({ loaded, total }) => onSent?.({ sent: loaded, total })
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
