import { expect, test } from './support/fixtures.ts'
import type { Person } from './support/person.ts'

const area = (person: Person) => person.page.locator('textarea[data-board-text]')

const selected = (person: Person) =>
  area(person).evaluate((element) => {
    const { value, selectionStart, selectionEnd } = element as HTMLTextAreaElement
    return value.slice(selectionStart, selectionEnd)
  })

/** How much of the ink of one picture is elsewhere in another; both are blurred, so that only the places of letters count. */
const differenceOf = (person: Person, before: string, after: string): Promise<number> =>
  person.page.evaluate(
    async (pictures) => {
      const read = async (png: string) => {
        const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))
        const picture = await createImageBitmap(new Blob([bytes]))
        const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
        if (!context) throw new Error('No canvas to read the picture with')
        context.filter = 'blur(2px)'
        context.drawImage(picture, 0, 0)
        return context.getImageData(0, 0, picture.width, picture.height).data
      }
      const [one, two] = await Promise.all(pictures.map(read))
      if (!one || !two) return 1
      let [ink, different] = [0, 0]
      for (let at = 0; at < one.length; at += 4) {
        ink += 252 - (one[at] ?? 0)
        different += Math.abs((one[at] ?? 0) - (two[at] ?? 0))
      }
      return different / ink
    },
    [before, after],
  )

const texts = async (person: Person) => (await person.elements()).map(({ text }) => text)

const typeThreeNotes = async ({ page }: Person): Promise<void> => {
  await page.keyboard.press('n')
  await page.mouse.click(400, 300)
  await page.keyboard.type('First')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Second')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.type('Third')
  await page.keyboard.press('Escape')
}

const expectThreeNotes = async (person: Person): Promise<void> => {
  const notes = await person.sees(3)
  expect(notes.map(({ text, author }) => [text, author])).toEqual([
    ['First', 'Bob'],
    ['Second', 'Bob'],
    ['Third', 'Bob'],
  ])
  const [first, second, third] = notes
  expect([second?.x, second?.y]).toEqual([(first?.x ?? 0) + 220, first?.y])
  expect([third?.x, third?.y]).toEqual([second?.x, (first?.y ?? 0) + 220])
}

test('a note is signed, and Tab goes on to the next one', async ({ bob }) => {
  await typeThreeNotes(bob)
  await expectThreeNotes(bob)
})

test('what is typed before the text input has come is typed when it has, Tab and all', async ({ bob }) => {
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let held = 0
  const browser = await bob.page.context().newCDPSession(bob.page)
  await browser.send('Network.enable')
  await browser.send('Network.setBypassServiceWorker', { bypass: true })
  await bob.page.route('**/_next/static/**', async (route) => {
    held++
    await released
    await route.continue()
  })
  await typeThreeNotes(bob)
  expect(held).toBeGreaterThan(0)
  release()
  await expectThreeNotes(bob)
})

test('text opens all selected by key, and where one points by double click', async ({ ada }) => {
  await ada.draw('r', [400, 250], [800, 450])
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('Some words here')
  await ada.page.keyboard.press('Escape')
  await ada.page.keyboard.press('Enter')
  expect(await selected(ada)).toBe('Some words here')
  await ada.page.keyboard.press('Escape')

  await ada.page.mouse.dblclick(600, 350)
  expect(await selected(ada)).toBe('')
  await ada.page.keyboard.type('|')
  expect((await texts(ada))[0]).toMatch(/^Some wo?r?\|o?r?ds here$/)
  await ada.page.keyboard.press('Backspace')

  // A click elsewhere, so that the next one is not the third in a row.
  await ada.page.mouse.click(560, 350)
  await ada.page.mouse.dblclick(600, 350)
  expect((await selected(ada)).trim()).toBe('words')
  await ada.page.mouse.click(600, 350, { clickCount: 3 })
  expect(await selected(ada)).toBe('Some words here')
})

test('Tab indents where there is no next note, and Shift+Tab takes it back', async ({ ada }) => {
  await ada.page.keyboard.press('t')
  await ada.page.mouse.click(500, 300)
  await ada.page.keyboard.type('a')
  await ada.page.keyboard.press('Tab')
  await ada.page.keyboard.type('b')
  expect(await texts(ada)).toEqual(['a   b'])
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.press('Tab')
  await ada.page.keyboard.type('c')
  await ada.page.keyboard.press('Shift+Tab')
  await ada.page.keyboard.type('d')
  expect(await texts(ada)).toEqual(['a   b\ncd'])
  await ada.page.keyboard.press('Control+Enter')
  await expect(area(ada)).toBeHidden()
})

test('a text that is full says so and keeps what it has', async ({ ada }) => {
  await ada.page.keyboard.press('t')
  await ada.page.mouse.click(500, 300)
  const paste = (text: string) =>
    area(ada).evaluate((element, pasted) => {
      const event = new InputEvent('beforeinput', {
        inputType: 'insertFromPaste',
        data: pasted,
        cancelable: true,
      })
      const isLeft = element.dispatchEvent(event)
      if (isLeft) document.execCommand('insertText', false, pasted)
    }, text)
  await paste('a\tb\n')
  await expect(area(ada)).toHaveValue('a    b\n')
  await paste('x'.repeat(19_000))
  await expect(ada.page.getByRole('status').filter({ hasText: 'This text is full' })).toHaveCount(0)
  await paste('y'.repeat(19_000))
  await expect(ada.page.getByText('This text is full: it holds 20,000 letters.')).toBeVisible()
  expect((await texts(ada))[0]).toHaveLength(20_000)
  await ada.page.keyboard.press('Escape')
  await expect(ada.page.getByText('This text is full')).toBeHidden()
})

test('letters stay where they are when typing ends, in either direction', async ({ ada }) => {
  await ada.page.keyboard.press('t')
  await ada.drag([420, 300], [700, 320])
  await ada.page.keyboard.insertText(
    'שלום לכולם, hello 123 עולם! And more of it, ובחזרה\nLatin first, אחר כך',
  )
  await ada.page.mouse.move(200, 700)
  await expect(area(ada)).toHaveCSS('direction', 'rtl')
  const clip = { x: 410, y: 290, width: 300, height: 130 }
  const shoot = async () => (await ada.page.screenshot({ clip, caret: 'hide' })).toString('base64')
  const typing = await shoot()
  await ada.page.keyboard.press('Escape')
  await ada.page.keyboard.press('Escape')
  await ada.handle((handle) => handle.whenPainted(), null)
  const after = await shoot()
  expect(await differenceOf(ada, typing, after)).toBeLessThan(0.2)
  await ada.handle((handle) => {
    const { camera } = handle.editor
    handle.editor.setCamera({ ...camera, x: camera.x + 6 })
    return handle.whenPainted()
  }, null)
  expect(await differenceOf(ada, typing, await shoot())).toBeGreaterThan(0.4)
})
