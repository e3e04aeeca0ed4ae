import type { FragmentLayer } from 'sigma/rendering'

/** Leaves only the rim of a node, two pixels wide: what is known only here is drawn hollow. */
export function hole(): FragmentLayer {
  return {
    name: 'hole',
    uniforms: [],
    attributes: [
      { name: 'holeColor', size: 4, type: WebGL2RenderingContext.UNSIGNED_BYTE, normalized: true, source: 'hole' },
    ],
    glsl: `
vec4 layer_hole(vec4 v_holeColor) {
  float inner = context.sdf + 2.0 * context.pixelToUV;
  return vec4(v_holeColor.rgb, v_holeColor.a * smoothstep(context.aaWidth, -context.aaWidth, inner));
}
`,
  }
}
