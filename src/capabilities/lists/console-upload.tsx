import { Refusal } from '../../web/ask'

export interface Sent {
  readonly sent: number
  readonly total: number
  /** Bytes a second since the file began to leave. */
  readonly rate: number
}

/**
 * Hands in one file as it is. `fetch` does not tell how much has left, and a list is tens of megabytes over lines that may
 * be slow, so this is an `XMLHttpRequest`.
 */
export function upload(path: string, file: File, onSent: (sent: Sent) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const begun = performance.now()
    request.open('PUT', path)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded, total }) => {
      const seconds = Math.max(0.001, (performance.now() - begun) / 1_000)
      onSent({ sent: loaded, total, rate: loaded / seconds })
    }
    request.onerror = () =>
      reject(new Refusal({ status: 0, code: 'console/offline', title: 'The node cannot be reached.' }))
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve()
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
