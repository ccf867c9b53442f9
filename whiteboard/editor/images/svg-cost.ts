/** Elements once all that is used again is drawn. */
const MAX_DRAWN = 200_000
/** Rules of style sheets that refer to something. */
const MAX_RULES = 2_000
/** What is far more to draw than one shape, as so many of them. */
const WEIGHTS: Readonly<Record<string, number>> = { feGaussianBlur: 2_000, feDropShadow: 2_000, mask: 100 }

const XLINK = 'http://www.w3.org/1999/xlink'

export class UnsafeSvg extends Error {
  override readonly name = 'UnsafeSvg'
}

const namesIn = (text: string): string[] =>
  [...text.matchAll(/url\s*\(\s*['"]?\s*#([\w.:-]+)/gi)].map(([, name = '']) => name)

/** What style sheets have elements refer to. @throws UnsafeSvg where that cannot be told */
const styledNames = (root: Element): Map<Element, string[]> => {
  const styled = new Map<Element, string[]>()
  let rules = 0
  for (const style of root.querySelectorAll('style')) {
    if (namesIn(style.textContent ?? '').length === 0) continue
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(style.textContent ?? '')
    for (const rule of sheet.cssRules) {
      const names = namesIn(rule.cssText)
      if (names.length === 0) continue
      if (!(rule instanceof CSSStyleRule) || rule.cssRules?.length > 0 || ++rules > MAX_RULES) {
        throw new UnsafeSvg('a style sheet that cannot be followed')
      }
      for (const element of root.querySelectorAll(rule.selectorText)) {
        styled.set(element, [...(styled.get(element) ?? []), ...names])
      }
    }
  }
  return styled
}

/** Whatever an element inside inherits: each shape of a filled group is filled with its pattern. */
const isInherited = ({ localName }: Element): boolean => localName === 'pattern' || localName === 'marker'

const isGradient = ({ localName }: Element): boolean => /Gradient$/.test(localName)

/** Counts what is drawn: `use`, patterns, markers, masks, clips and filters draw what they refer to each time. */
class Count {
  readonly #byId: ReadonlyMap<string, Element>
  readonly #styled: ReadonlyMap<Element, readonly string[]>
  readonly #drawn = new Map<Element, number>()
  readonly #inherited = new Map<Element, number>()

  constructor(root: Element) {
    const named = [...root.querySelectorAll('[id]')].reverse()
    this.#byId = new Map(named.map((element) => [element.id, element]))
    this.#styled = styledNames(root)
  }

  drawn(element: Element): number {
    return this.#once(this.#drawn, element, () => {
      let drawn = WEIGHTS[element.localName] ?? 1
      for (const child of element.children) drawn += this.drawn(child)
      for (const target of this.#targets(element)) if (!isInherited(target)) drawn += this.#reached(target)
      return drawn * this.#inheritedBy(element)
    })
  }

  /** How often all that is in an element is drawn for what it and they inherit of it. */
  #inheritedBy(element: Element): number {
    return this.#once(this.#inherited, element, () => {
      let times = 1
      for (const target of this.#targets(element)) if (isInherited(target)) times += this.#reached(target)
      return times
    })
  }

  /** One that is referred to inherits from where it stands. */
  #reached(target: Element): number {
    let drawn = this.drawn(target)
    for (let around = target.parentElement; around; around = around.parentElement) {
      drawn *= this.#inheritedBy(around)
    }
    return drawn
  }

  #once(known: Map<Element, number>, element: Element, count: () => number): number {
    const before = known.get(element)
    if (before !== undefined) return this.#bounded(before)
    // Whoever comes by here again goes in a circle.
    known.set(element, Number.POSITIVE_INFINITY)
    const counted = this.#bounded(count())
    known.set(element, counted)
    return counted
  }

  #bounded(drawn: number): number {
    if (drawn > MAX_DRAWN) throw new UnsafeSvg('draws too much')
    return drawn
  }

  #targets(element: Element): Element[] {
    const names = [...(this.#styled.get(element) ?? [])]
    for (const { value } of element.attributes) if (/url/i.test(value)) names.push(...namesIn(value))
    const address = element.getAttribute('href') ?? element.getAttributeNS(XLINK, 'href') ?? ''
    const reused = address.trim().startsWith('#') ? address.trim().slice(1) : null
    if (reused !== null && !isGradient(element)) names.push(reused)
    return names.flatMap((name) => this.#byId.get(name) ?? []).filter((target) => !isGradient(target))
  }
}

/**
 * Makes sure that a cleaned SVG can be drawn in good time.
 * @throws UnsafeSvg for cycles and bombs
 */
export const checkCost = (root: Element): void => void new Count(root).drawn(root)
