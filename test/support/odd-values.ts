/** What stands where a number belongs in documents that nobody should trust (CT2). */
export const oddNumbers: readonly unknown[] = [Number.NaN, Infinity, -Infinity, -0, 1e308, -1e308, '12', 10n]
