export const words: Record<string, object> = import.meta.glob('../{web,capabilities}/*/words/fr.json', {
  eager: true,
  import: 'default',
})
