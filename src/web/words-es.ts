export const words: Record<string, object> = import.meta.glob('../{web,capabilities}/*/words/es.json', {
  eager: true,
  import: 'default',
})
