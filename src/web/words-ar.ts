export const words: Record<string, object> = import.meta.glob('../capabilities/*/words/ar.json', {
  eager: true,
  import: 'default',
})
