/** What is used of it: the package has no types of its own. */
declare module 'subset-font' {
  function subsetFont(
    font: Uint8Array,
    letters: string,
    options: { readonly targetFormat: 'woff2' },
  ): Promise<Uint8Array>
  export = subsetFont
}
