/** The number nearest to `value` from `min` to `max`; `max` where these are the wrong way round. NaN stays NaN. */
export const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value))
