/** For fields: text runs in the direction of its first letter. The pieces put a plain `dir` around the field and not on it. */
export const anyDirection = { attributes: { input: { dir: 'auto' } } } as const
