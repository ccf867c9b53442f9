/**
 * The seeds of a fuzz test: `FUZZ_SEED=n` repeats one run, `FUZZ_SEEDS=n` asks for that many new ones (`npm run fuzz`),
 * otherwise the first `usual` numbers, so that a test means the same every time.
 */
export const seedsOf = (usual: number): readonly number[] => {
  const { FUZZ_SEED, FUZZ_SEEDS } = process.env
  if (FUZZ_SEED) return [Number(FUZZ_SEED)]
  if (!FUZZ_SEEDS) return Array.from({ length: usual }, (_, index) => index + 1)
  const first = Math.floor(Math.random() * 1e9)
  return Array.from({ length: Number(FUZZ_SEEDS) }, (_, index) => first + index)
}
