import i18next from 'i18next'
import { office } from '../office'
import { directionOfText, lookOf } from './look'

interface Marking {
  /** What is said below the picture: handling, name. */
  readonly mark: string | undefined
  readonly frame: HTMLElement
}

const band = 28

/** Adds the exercise mark and what the record says of its handling, and lets the browser save it. */
export function savePicture(picture: HTMLCanvasElement, marking: Marking): void {
  const marked = withMarks(picture, marking)
  marked.toBlob((file) => {
    if (file === null) return
    const address = URL.createObjectURL(file)
    const link = document.createElement('a')
    link.href = address
    link.download = `network-${new Date().toISOString().slice(0, 16).replace(':', '')}.png`
    link.click()
    URL.revokeObjectURL(address)
  }, 'image/png')
}

export function withMarks(picture: HTMLCanvasElement, { mark, frame }: Marking): HTMLCanvasElement {
  const look = lookOf(frame)
  const scale = devicePixelRatio
  const exercise = office.exercise ? `${i18next.t('web.exercise')} · ${i18next.t('web.exerciseText')}` : undefined
  const texts = [exercise, `${office.name} · ${new Date().toISOString().slice(0, 16)}Z${mark ? ` · ${mark}` : ''}`]
  const shown = texts.filter((it) => it !== undefined)
  const canvas = document.createElement('canvas')
  canvas.width = picture.width
  canvas.height = picture.height + shown.length * band * scale
  const context = canvas.getContext('2d')!
  context.drawImage(picture, 0, 0)
  context.font = `${13 * scale}px ${look.font}`
  context.textBaseline = 'middle'
  shown.forEach((text, at) => {
    const top = picture.height + at * band * scale
    const isExercise = text === exercise
    context.fillStyle = isExercise ? look.exercise : look.raised
    context.fillRect(0, top, canvas.width, band * scale)
    context.fillStyle = isExercise ? look.exerciseInk : look.ink
    context.direction = directionOfText(text)
    context.textAlign = 'start'
    context.fillText(
      text,
      (context.direction === 'rtl' ? canvas.width : 0) + (context.direction === 'rtl' ? -12 : 12) * scale,
      top + (band * scale) / 2,
    )
  })
  return canvas
}
