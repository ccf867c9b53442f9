export type Query = Promise<Record<string, string | string[] | undefined>>

/** One value of a page's query; of several the first. */
export const queryValue = async (query: Query, name: string): Promise<string | null> => {
  const value = (await query)[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}
