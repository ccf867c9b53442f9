/** Every bound on pictures that the server takes. Bytes unless said otherwise; quotas are settings (`config.ts`). */
export const assetLimits = {
  /** Of one picture. */
  picture: 10 * 1024 * 1024,
  /** Uploads of one person under way at once. */
  perPerson: 6,
  /** Of all uploads under way together, as far as they have arrived. */
  arriving: 64 * 1024 * 1024,
  /** Milliseconds for which bytes without a row are left alone: an upload may be about to write it. */
  grace: 60 * 60_000,
  /** Milliseconds between sweeps. */
  sweepEvery: 6 * 60 * 60_000,
} as const
