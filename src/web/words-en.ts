export const words: Record<string, object> = import.meta.glob('../{web,capabilities}/*/words/en.json', {
  eager: true,
  import: 'default',
})
