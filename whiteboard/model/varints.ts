/** Appends a number from 0 on, seven bits a byte, low ones first. */
export const writeUnsigned = (bytes: number[], value: number): void => {
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
}

/** Appends a number of either sign in zigzag form: 0, -1, 1, -2, … */
export const writeSigned = (bytes: number[], value: number): void =>
  writeUnsigned(bytes, value < 0 ? -2 * value - 1 : 2 * value)

/** Reads the numbers of packed bytes one after the other. */
export interface Reader {
  byte(): number
  unsigned(): number
  signed(): number
  readonly failed: boolean
  readonly done: boolean
}

/** Reads on and answers 0 after the end, with `failed` set. */
export const reader = (bytes: Uint8Array): Reader => {
  let position = 0
  let failed = false
  const byte = (): number => {
    const value = bytes[position++]
    if (value === undefined) failed = true
    return value ?? 0
  }
  const unsigned = (): number => {
    let value = 0
    let factor = 1
    for (let length = 0; length < 6; length++) {
      const next = byte()
      value += (next % 128) * factor
      if (next < 128) return value
      factor *= 128
    }
    failed = true
    return 0
  }
  const signed = (): number => {
    const value = unsigned()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
  return {
    byte,
    unsigned,
    signed,
    get failed() {
      return failed
    },
    get done() {
      return position === bytes.length
    },
  }
}
