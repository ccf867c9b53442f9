/** One bundled font, as it comes from the test. */
export interface Font {
  readonly font: string
  readonly url: string
}

/** Makes fonts known to the page, and waits until they are there. */
export const addFonts = async (given: readonly Font[]): Promise<void> => {
  for (const { font, url } of given) {
    const face = new FontFace(font, `url(${url})`)
    document.fonts.add(face)
    await face.load()
  }
}
