export interface LogisticExample {
  readonly values: readonly number[]
  readonly isTrue: boolean
  readonly weight: number
  /** A part of the log-odds that is known. */
  readonly offset?: number
}

const rounds = 60
const ridge = 1
const close = 1e-7

/** Logistic regression by Newton's method with a small ridge: the constant, then a weight for each value. */
export function fitLogistic(examples: readonly LogisticExample[]): readonly number[] {
  const size = (examples[0]?.values.length ?? 0) + 1
  let weights = new Array<number>(size).fill(0)
  for (let round = 0; round < rounds; round++) {
    const gradient = weights.map((weight, at) => (at === 0 ? 0 : -ridge * weight))
    const hessian = Array.from({ length: size }, (_, row) =>
      Array.from({ length: size }, (_, column) => (row === column ? ridge : 0)),
    )
    for (const { values, isTrue, weight, offset = 0 } of examples) {
      const at = (index: number) => (index === 0 ? 1 : values[index - 1]!)
      let sum = offset
      for (let index = 0; index < size; index++) sum += weights[index]! * at(index)
      const share = 1 / (1 + Math.exp(-sum))
      const pull = weight * ((isTrue ? 1 : 0) - share)
      const spread = weight * share * (1 - share)
      for (let row = 0; row < size; row++) {
        gradient[row] = gradient[row]! + pull * at(row)
        for (let column = 0; column <= row; column++) hessian[row]![column]! += spread * at(row) * at(column)
      }
    }
    for (let row = 0; row < size; row++)
      for (let column = row + 1; column < size; column++) hessian[row]![column] = hessian[column]![row]!
    const step = solve(hessian, gradient)
    weights = weights.map((weight, at) => weight + step[at]!)
    if (Math.max(...step.map(Math.abs)) < close) break
  }
  return weights
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
