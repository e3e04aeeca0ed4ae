export const words: Record<string, object> = import.meta.glob('../{web,capabilities}/*/words/ar.json', {
  eager: true,
  import: 'default',
})
