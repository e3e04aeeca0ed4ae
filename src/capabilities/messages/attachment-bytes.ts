/** What the browser does with the bytes of an attachment: nothing in them is ever run or rendered as a page. */

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (it) => it.charCodeAt(0))
}

/** SHA-256 in hexadecimal; `undefined` where the browser has no WebCrypto, which it has over HTTPS and on this machine only. */
export async function hashOfBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const subtle = globalThis.crypto.subtle as typeof globalThis.crypto.subtle | undefined
  if (subtle === undefined) return undefined
  const hash = new Uint8Array(await subtle.digest('SHA-256', bytes))
  return [...hash].map((it) => it.toString(16).padStart(2, '0')).join('')
}

export interface ImageSize {
  readonly width: number
  readonly height: number
}

/**
 * The size that an image says it has, read from its header before anything is decoded: a few kilobytes can say that they are
 * gigabytes of pixels. `undefined` when it says none.
 */
export function imageSizeOf(mediaType: string, bytes: Uint8Array): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return mediaType === 'image/png' ? pngSize(view) : mediaType === 'image/jpeg' ? jpegSize(view) : undefined
}

/** The first chunk of a PNG is its header (ISO/IEC 15948, 11.2.2). */
function pngSize(view: DataView): ImageSize | undefined {
  if (view.byteLength < 24 || view.getUint32(12) !== 0x49_48_44_52) return undefined
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** Goes from marker to marker to the start of the frame (ISO/IEC 10918-1, B.2.2). */
function jpegSize(view: DataView): ImageSize | undefined {
  let at = 2
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) at += 1
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    else at += 2 + Math.max(2, view.getUint16(at + 2))
  }
  return undefined
}

/** Above this an image is for a viewer that the person chooses, not for this page: 40 megapixels, 160 MB when decoded. */
const pixelsLimit = 40_000_000

export function isShowable({ width, height }: ImageSize): boolean {
  return width > 0 && height > 0 && width * height <= pixelsLimit
}
