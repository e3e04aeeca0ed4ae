/** Most threads that read one index. */
export const mostReaders = 64

const writerAt = 0
const firstReader = 1

/**
 * Many read or one writes, over shared memory. Every reader has a place of its own, so that the place of a thread that died
 * while reading can be set free. A writer waits for those who read; new readers wait for the writer.
 */
export class SharedLock {
  readonly buffer: SharedArrayBuffer
  private readonly cells: Int32Array<SharedArrayBuffer>

  constructor(buffer = new SharedArrayBuffer((firstReader + mostReaders) * 4)) {
    this.buffer = buffer
    this.cells = new Int32Array(buffer)
  }

  read<Value>(reader: number, work: () => Value): Value {
    const { cells } = this
    const own = firstReader + reader
    for (;;) {
      Atomics.store(cells, own, 1)
      if (Atomics.load(cells, writerAt) === 0) break
      this.free(reader)
      Atomics.wait(cells, writerAt, 1)
    }
    try {
      return work()
    } finally {
      this.free(reader)
    }
  }

  write<Value>(work: () => Value): Value {
    const { cells } = this
    Atomics.store(cells, writerAt, 1)
    for (let at = firstReader; at < cells.length; at++) {
      while (Atomics.load(cells, at) === 1) Atomics.wait(cells, at, 1)
    }
    try {
      return work()
    } finally {
      Atomics.store(cells, writerAt, 0)
      Atomics.notify(cells, writerAt)
    }
  }

  /** To be called for a thread that has ended, too. */
  free(reader: number): void {
    Atomics.store(this.cells, firstReader + reader, 0)
    Atomics.notify(this.cells, firstReader + reader)
  }
}
