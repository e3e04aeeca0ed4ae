const rounds = 24
const rate = 136
const lanes = 25
const word = (1n << 64n) - 1n

/** Keccak-256 with the padding of the original submission, as Ethereum's addresses use it (EIP-55). */
export function keccak256(bytes: Uint8Array): Uint8Array {
  const state = new BigUint64Array(lanes)
  const padded = new Uint8Array(Math.ceil((bytes.length + 1) / rate) * rate)
  padded.set(bytes)
  padded[bytes.length]! |= 0x01
  padded[padded.length - 1]! |= 0x80
  const view = new DataView(padded.buffer)
  for (let offset = 0; offset < padded.length; offset += rate) {
    for (let lane = 0; lane < rate / 8; lane++) state[lane]! ^= view.getBigUint64(offset + lane * 8, true)
    permute(state)
  }
  const out = new Uint8Array(32)
  const result = new DataView(out.buffer)
  for (let lane = 0; lane < 4; lane++) result.setBigUint64(lane * 8, state[lane]!, true)
  return out
}

function turn(value: bigint, by: number): bigint {
  return by === 0 ? value : ((value << BigInt(by)) | (value >> BigInt(64 - by))) & word
}

/** Keccak-f[1600] as FIPS 202 section 3.2 describes its five steps; the bits of iota come from their shift register. */
function permute(state: BigUint64Array): void {
  let register = 1
  for (let round = 0; round < rounds; round++) {
    const columns = Array.from(
      { length: 5 },
      (_, x) => state[x]! ^ state[x + 5]! ^ state[x + 10]! ^ state[x + 15]! ^ state[x + 20]!,
    )
    for (let x = 0; x < 5; x++) {
      const mixed = columns[(x + 4) % 5]! ^ turn(columns[(x + 1) % 5]!, 1)
      for (let y = 0; y < lanes; y += 5) state[x + y]! ^= mixed
    }
    let [x, y, current] = [1, 0, state[1]!]
    for (let step = 0; step < 24; step++) {
      ;[x, y] = [y, (2 * x + 3 * y) % 5]
      const kept = state[x + 5 * y]!
      state[x + 5 * y] = turn(current, (((step + 1) * (step + 2)) / 2) % 64)
      current = kept
    }
    for (let row = 0; row < lanes; row += 5) {
      const old = state.slice(row, row + 5)
      for (let column = 0; column < 5; column++)
        state[row + column] = old[column]! ^ (~old[(column + 1) % 5]! & old[(column + 2) % 5]!)
    }
    for (let bit = 0; bit < 7; bit++) {
      if ((register & 1) === 1) state[0]! ^= 1n << BigInt((1 << bit) - 1)
      register = register & 0x80 ? (register << 1) ^ 0x171 : register << 1
    }
  }
}
