/** From now on ids depend on these numbers alone, and with them how an unsteady hand draws. */
export const seedIds = (random: () => number): void => {
  const fill = (bytes: Uint8Array): Uint8Array => bytes.map(() => Math.floor(random() * 256))
  crypto.getRandomValues = ((array: Uint8Array) => {
    array.set(fill(array))
    return array
  }) as Crypto['getRandomValues']
}
