export interface LogisticExample {
  readonly values: readonly number[]
  readonly isTrue: boolean
  readonly weight: number
  /** What the constant counts here; 1 if not given, 0 for the difference of two. */
  readonly constant?: number
}

const rounds = 60
const ridge = 1
const close = 1e-7
const halvings = 20

/** Logistic regression by Newton's method with a small ridge: the constant, then a weight for each value. */
export function fitLogistic(examples: readonly LogisticExample[]): readonly number[] {
  const size = (examples[0]?.values.length ?? 0) + 1
  let weights: readonly number[] = new Array<number>(size).fill(0)
  let loss = lossOf(examples, weights)
  for (let round = 0; round < rounds; round++) {
    const step = newtonStep(examples, weights)
    let share = 1
    for (let turn = 0; turn < halvings; turn++, share /= 2) {
      const next = weights.map((weight, at) => weight + share * step[at]!)
      const nextLoss = lossOf(examples, next)
      if (nextLoss > loss) continue
      ;[weights, loss] = [next, nextLoss]
      break
    }
    if (Math.max(...step.map(Math.abs)) < close) break
  }
  return weights
}

function sumOf({ values, constant = 1 }: LogisticExample, weights: readonly number[]): number {
  let sum = weights[0]! * constant
  for (let at = 0; at < values.length; at++) sum += weights[at + 1]! * values[at]!
  return sum
}

function lossOf(examples: readonly LogisticExample[], weights: readonly number[]): number {
  let loss = 0
  for (const example of examples) {
    const sum = sumOf(example, weights) * (example.isTrue ? -1 : 1)
    loss += example.weight * (sum > 30 ? sum : Math.log1p(Math.exp(sum)))
  }
  for (let at = 1; at < weights.length; at++) loss += (ridge / 2) * weights[at]! ** 2
  return loss
}

function newtonStep(examples: readonly LogisticExample[], weights: readonly number[]): readonly number[] {
  const size = weights.length
  const gradient = weights.map((weight, at) => (at === 0 ? 0 : -ridge * weight))
  const hessian = gradient.map((_, row) => gradient.map((_, column) => (row === column ? ridge : 0)))
  const row = new Array<number>(size).fill(0)
  for (const example of examples) {
    row[0] = example.constant ?? 1
    for (let at = 1; at < size; at++) row[at] = example.values[at - 1]!
    const share = 1 / (1 + Math.exp(-sumOf(example, weights)))
    const pull = example.weight * ((example.isTrue ? 1 : 0) - share)
    const spread = example.weight * share * (1 - share)
    for (let a = 0; a < size; a++) {
      gradient[a] = gradient[a]! + pull * row[a]!
      for (let b = 0; b <= a; b++) hessian[a]![b]! += spread * row[a]! * row[b]!
    }
  }
  for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) hessian[a]![b] = hessian[b]![a]!
  return solve(hessian, gradient)
}

/** Gauss with pivoting; both are used up. */
function solve(matrix: number[][], right: number[]): readonly number[] {
  const size = right.length
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[pivot]![column]!)) pivot = row
    }
    ;[matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!]
    ;[right[column], right[pivot]] = [right[pivot]!, right[column]!]
    for (let row = column + 1; row < size; row++) {
      const share = matrix[row]![column]! / matrix[column]![column]!
      for (let at = column; at < size; at++) matrix[row]![at]! -= share * matrix[column]![at]!
      right[row] = right[row]! - share * right[column]!
    }
  }
  const solved = new Array<number>(size).fill(0)
  for (let row = size - 1; row >= 0; row--) {
    let rest = right[row]!
    for (let at = row + 1; at < size; at++) rest -= matrix[row]![at]! * solved[at]!
    solved[row] = rest / matrix[row]![row]!
  }
  return solved
}
