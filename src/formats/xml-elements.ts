import { SaxesParser } from 'saxes'
import { fault, formatLimits } from '#formats/faults'
import { type Chunks, decodeChunks, plainText } from '#formats/text'
import type { FaultCode } from '#kernel/fault'
import { isFault } from '#kernel/fault'

/** An element with its attributes, its text and its children. Names are without the prefix of a namespace. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  text: string
  readonly children: XmlElement[]
}

export type XmlItem =
  | { readonly kind: 'root'; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: 'element'; readonly element: XmlElement; readonly line: number }

export interface XmlShape {
  /** The name that the outermost element must have. */
  readonly root: string
  /** Elements that are built whole and handed out one at a time; what lies outside them is skipped. */
  readonly items: ReadonlySet<string>
  /** Thrown when the file is something else: another root, an HTML page, no XML at all. */
  readonly notThis: FaultCode & Parameters<typeof fault>[0]
}

/**
 * Reads chosen elements of an XML file as they come. Never holds more than one of them. Throws `shape.notThis`,
 * `formats/truncated`, `formats/malformed-xml`, `formats/doctype-refused` (any DOCTYPE, any entity beyond XML's own five),
 * `formats/too-large` (an element or a tag above 1 Mi units) and `formats/too-deep` (64 levels).
 */
export async function* readXmlElements(chunks: Chunks, shape: XmlShape): AsyncGenerator<XmlItem> {
  const reading = startReading(shape)
  try {
    for await (const text of decodeChunks(chunks)) {
      reading.feed(text)
      yield* reading.take()
    }
    reading.end()
  } catch (cause) {
    yield* reading.take() // what came before the fault, so that chunk boundaries make no difference
    throw cause
  }
}

/** The plain text of the first child of that name; empty when there is none. */
export function childText(element: XmlElement, name: string): string {
  return plainText(element.children.find((it) => it.name === name)?.text ?? '')
}

/** The plain text of an attribute; empty when there is none. */
export function attribute(element: XmlElement, name: string): string {
  return plainText(element.attributes[name] ?? '')
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((it) => it.name === name)
}

/** The elements without children inside one, itself included, that carry text: where its content is. */
export function leavesOf(element: XmlElement): XmlElement[] {
  if (element.children.length === 0) return element.text.trim() === '' ? [] : [element]
  return element.children.flatMap(leavesOf)
}

function startReading(shape: XmlShape) {
  const parser = new SaxesParser({ position: true })
  let ready: XmlItem[] = []
  const open: XmlElement[] = []
  let depth = 0
  let rootSeen = false
  let progressAt = 0
  let itemAt = 0
  let itemLine = 0

  const progress = () => {
    progressAt = parser.position
  }
  const addText = (text: string) => {
    progress()
    const element = open.at(-1)
    if (element !== undefined) element.text += text
  }

  parser.on('doctype', (doctype) => {
    if (/^\s*html\b/i.test(doctype.slice(0, 64))) throw notThis(shape)
    throw fault('formats/doctype-refused', 'The file declares a document type. Such files are refused.')
  })
  parser.on('opentag', (tag) => {
    progress()
    depth++
    if (depth > formatLimits.depth) {
      throw fault('formats/too-deep', `Elements nest deeper than ${formatLimits.depth} levels.`)
    }
    if (!rootSeen) {
      if (localName(tag.name) !== shape.root) throw notThis(shape)
      rootSeen = true
      ready.push({ kind: 'root', attributes: { ...tag.attributes } as Record<string, string> })
      return
    }
    const parent = open.at(-1)
    const name = localName(tag.name)
    if (parent === undefined && !shape.items.has(name)) return
    const attributes = tag.attributes as Record<string, string>
    const element: XmlElement = { name, attributes, text: '', children: [] }
    if (parent === undefined) {
      itemAt = parser.position
      itemLine = parser.line
    } else parent.children.push(element)
    open.push(element)
  })
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('comment', progress)
  parser.on('processinginstruction', progress)
  parser.on('closetag', () => {
    progress()
    depth--
    const element = open.pop()
    if (element !== undefined && open.length === 0) ready.push({ kind: 'element', element, line: itemLine })
  })

  const checkSize = () => {
    const start = open.length > 0 ? Math.min(itemAt, progressAt) : progressAt
    if (parser.position - start > formatLimits.element) {
      throw fault('formats/too-large', `An element or a tag is longer than ${formatLimits.element} characters.`, {
        details: { line: parser.line },
      })
    }
  }

  return {
    feed(text: string): void {
      try {
        parser.write(text)
      } catch (cause) {
        throw explain(cause, shape, rootSeen)
      }
      checkSize()
    },
    end(): void {
      try {
        parser.close()
      } catch (cause) {
        if (isFault(cause)) throw cause
        if (!rootSeen) throw notThis(shape)
        throw fault('formats/truncated', 'The file ends before its last element is closed.', { cause })
      }
    },
    take(): XmlItem[] {
      const taken = ready
      ready = []
      return taken
    },
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function notThis(shape: XmlShape) {
  return fault(shape.notThis, `The file is not XML with a ${shape.root} element around it.`)
}

function explain(cause: unknown, shape: XmlShape, rootSeen: boolean): unknown {
  if (isFault(cause) || !(cause instanceof Error)) return cause
  if (cause.message.includes('undefined entity')) {
    return fault('formats/doctype-refused', 'The file uses an entity of its own. Such files are refused.', { cause })
  }
  return rootSeen ? fault('formats/malformed-xml', 'The file is not well-formed XML.', { cause }) : notThis(shape)
}
