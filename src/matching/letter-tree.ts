const letters = 26
const a = 0x61

/** Runs of the letters a to z, found in a text from a place on, the longest that fits. */
export class LetterTree {
  /** By node and letter the node after, or 0. */
  private readonly next: Uint16Array
  private readonly runs: (string | undefined)[] = [undefined]

  constructor(runs: readonly string[]) {
    const most = 1 + runs.reduce((sum, run) => sum + run.length, 0)
    this.next = new Uint16Array(most * letters)
    for (const run of runs) this.add(run)
  }

  private add(run: string): void {
    let node = 0
    for (let at = 0; at < run.length; at++) {
      const place = node * letters + run.charCodeAt(at) - a
      if (this.next[place] === 0) {
        this.next[place] = this.runs.length
        this.runs.push(undefined)
      }
      node = this.next[place]!
    }
    this.runs[node] = run
  }

  longestAt(text: string, from: number): string | undefined {
    const { next, runs } = this
    let node = 0
    let found: string | undefined
    for (let at = from; at < text.length; at++) {
      const letter = text.charCodeAt(at) - a
      if (letter < 0 || letter >= letters) break
      node = next[node * letters + letter]!
      if (node === 0) break
      found = runs[node] ?? found
    }
    return found
  }
}
