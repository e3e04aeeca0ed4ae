/** The colours and letters of the theme, for what draws on a canvas and cannot read them by itself. */
export interface Look {
  readonly ground: string
  readonly raised: string
  readonly ink: string
  readonly quiet: string
  readonly line: string
  readonly link: string
  readonly exercise: string
  readonly exerciseInk: string
  readonly font: string
}

export function lookOf(element: Element): Look {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    ground: token('ground'),
    raised: token('raised'),
    ink: token('ink'),
    quiet: token('quiet'),
    line: token('line'),
    link: token('link'),
    exercise: token('exercise'),
    exerciseInk: token('exercise-ink'),
    font: style.fontFamily,
  }
}

const firstLetter = /\p{L}/u
const rightToLeft = /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}/u

/** The direction of a text by its first letter, as `dir="auto"` finds it. */
export function directionOfText(text: string): 'ltr' | 'rtl' {
  const letter = firstLetter.exec(text)?.[0]
  return letter !== undefined && rightToLeft.test(letter) ? 'rtl' : 'ltr'
}
