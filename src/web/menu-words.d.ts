declare module 'virtual:menu-words/*' {
  export const words: Readonly<Record<string, object>>
}
