export const words: Record<string, object> = import.meta.glob('../capabilities/*/words/es.json', {
  eager: true,
  import: 'default',
})
