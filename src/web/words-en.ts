export const words: Record<string, object> = import.meta.glob('../capabilities/*/words/en.json', {
  eager: true,
  import: 'default',
})
