import { expect, test } from './support/fixtures.ts'
import { INK, type PageElement } from './support/person.ts'

const arrowOf = (elements: readonly PageElement[]): PageElement => {
  const arrow = elements.find(({ type }) => type === 'arrow')
  if (!arrow) throw new Error('There is no arrow')
  return arrow
}

/** Where an arrow ends on the board. */
const endOf = ({ x, y, points }: PageElement): readonly number[] => {
  const [endX, endY] = (points as readonly (readonly [number, number])[]).at(-1) ?? [0, 0]
  return [Math.round(x + endX), Math.round(y + endY)]
}

test('an arrow stays bound while a peer moves its target', async ({ ada, bob }) => {
  const [, target] = await ada.handle(
    (handle) =>
      handle.editor.create([
        { type: 'rectangle', x: 0, y: 0, width: 120, height: 80, fillStyle: 'solid' },
        { type: 'rectangle', x: 400, y: 0, width: 120, height: 80, fillStyle: 'solid' },
      ]),
    null,
  )
  for (const person of [ada, bob]) {
    await person.handle((handle) => handle.editor.setCamera({ x: -300, y: -250, zoom: 1 }), null)
  }
  await ada.draw('a', [360, 290], [560, 330], [760, 290])
  const drawn = arrowOf(await bob.sees(3))
  expect(drawn).toMatchObject({ end: { element: target, mode: 'outline' } })

  // So that Ada sees the arrow without its handles.
  await ada.page.keyboard.press('Escape')
  // The arrow that Bob's dragging makes passes here; the one as it was does not.
  const onTheWay = [560, 390] as const
  expect(await ada.colorAt(onTheWay)).not.toBe(INK)
  await bob.page.mouse.move(760, 290)
  await bob.page.mouse.down()
  await bob.page.mouse.move(760, 490, { steps: 8 })
  await expect.poll(() => ada.colorAt(onTheWay)).toBe(INK)
  expect(endOf(arrowOf(await ada.elements()))).toEqual(endOf(drawn))

  await bob.page.mouse.up()
  await expect.poll(async () => endOf(arrowOf(await ada.elements()))[1]).toBeGreaterThan(150)
  await ada.saved()
  await bob.saved()
  expect(await ada.picture()).toBe(await bob.picture())

  await ada.page.reload()
  await ada.ready()
  const again = arrowOf(await ada.sees(3))
  expect(again).toEqual(arrowOf(await bob.elements()))
  await bob.handle((handle, id) => handle.editor.update([{ id, x: 400, y: -300 }]), target ?? '')
  await expect.poll(async () => endOf(arrowOf(await ada.elements()))[1]).toBeLessThan(-100)
})
