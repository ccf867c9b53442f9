/** Made once: making one takes longer than most texts. Older browsers have none; a letter's marks may come off it there. */
const letters = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null

/** Of these every character is a letter of its own. */
const PLAIN = /^[\u0020-\u02ff]*$/

/**
 * What a reader takes for single letters: with their combining marks, and emoji made of several put together. Where a
 * text is cut, it is cut between two of these.
 */
export const graphemes = (text: string): readonly string[] =>
  letters === null || PLAIN.test(text)
    ? Array.from(text)
    : Array.from(letters.segment(text), ({ segment }) => segment)

/** The text, or its beginning with an ellipsis when `fits` says that it is too long. */
export const truncated = (text: string, fits: (part: string) => boolean): string => {
  if (fits(text)) return text
  const all = graphemes(text)
  let [low, high] = [0, all.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (fits(`${all.slice(0, middle).join('').trimEnd()}…`)) low = middle
    else high = middle
  }
  return low === 0 ? '' : `${all.slice(0, low).join('').trimEnd()}…`
}
