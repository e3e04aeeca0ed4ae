import type { RenderParams } from 'sigma/types'

/**
 * All relations of a large graph as lines of one pixel, in one call to the graphics card. Twenty thousand of them move freely
 * where relations with width, head and a shape that can be pointed at do not.
 */
export interface Lines {
  /** x and y of both ends of every line, in the coordinates of the framed graph. */
  place(ends: Float32Array): void
  colour(colour: readonly [red: number, green: number, blue: number, alpha: number]): void
  readonly program: (gl: WebGL2RenderingContext) => { render(params: RenderParams): void; kill(): void }
}

const vertex = `#version 300 es
in vec2 place;
uniform mat3 view;
void main() { gl_Position = vec4((view * vec3(place, 1.0)).xy, 0.0, 1.0); }`

const fragment = `#version 300 es
precision mediump float;
uniform vec4 colour;
out vec4 painted;
void main() { painted = vec4(colour.rgb * colour.a, colour.a); }`

export function makeLines(): Lines {
  let ends = new Float32Array()
  let colour: readonly [number, number, number, number] = [0, 0, 0, 0.2]
  let stale = true
  return {
    place(next) {
      ends = next as Float32Array<ArrayBuffer>
      stale = true
    },
    colour(next) {
      colour = next
    },
    program(gl) {
      const program = link(gl)
      const array = gl.createVertexArray()
      const buffer = gl.createBuffer()
      const [view, tint] = [gl.getUniformLocation(program, 'view'), gl.getUniformLocation(program, 'colour')]
      stale = true
      return {
        render({ matrix }) {
          // biome-ignore lint/correctness/useHookAtTopLevel: a function of WebGL, no hook of React
          gl.useProgram(program)
          gl.bindVertexArray(array)
          if (stale) {
            gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
            gl.bufferData(gl.ARRAY_BUFFER, ends, gl.STATIC_DRAW)
            const at = gl.getAttribLocation(program, 'place')
            gl.enableVertexAttribArray(at)
            gl.vertexAttribPointer(at, 2, gl.FLOAT, false, 0, 0)
            stale = false
          }
          gl.uniformMatrix3fv(view, false, matrix)
          gl.uniform4fv(tint, colour)
          gl.drawArrays(gl.LINES, 0, ends.length / 2)
          gl.bindVertexArray(null)
        },
        kill() {
          gl.deleteBuffer(buffer)
          gl.deleteVertexArray(array)
          gl.deleteProgram(program)
        },
      }
    },
  }
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram()
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind)!
    gl.shaderSource(shader, text)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  return program
}
