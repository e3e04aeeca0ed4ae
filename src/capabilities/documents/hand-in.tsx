import { Refusal, type Work } from '../../web/ask'
import type { ShownFile } from './shown'

export interface Sent {
  readonly sent: number
  readonly total: number
}

/**
 * Hands in one file as it is, for the purpose of the work. `fetch` does not tell how much has left, and lines may be slow, so
 * this is an `XMLHttpRequest`.
 */
export function handIn(file: File, { purpose, reference }: Work, onSent: (sent: Sent) => void): Promise<ShownFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/documents/files?name=${encodeURIComponent(file.name.slice(0, 120))}`)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('comity-purpose', purpose)
    // Headers hold Latin letters; other scripts go in the form of RFC 8187.
    request.setRequestHeader('comity-reference', `UTF-8''${encodeURIComponent(reference)}`)
    request.upload.onprogress = ({ loaded, total }) => onSent({ sent: loaded, total })
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
