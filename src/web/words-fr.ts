export const words: Record<string, object> = import.meta.glob('../capabilities/*/words/fr.json', {
  eager: true,
  import: 'default',
})
