import { readdir } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newBoard, newLink, secretOf } from '../support/boards.ts'
import { createHttpClient, enterAsGuest, type HttpClient } from '../support/http-client.ts'
import {
  gpsExif,
  jpegSegment,
  lossyFrame,
  makeGif,
  makeJpeg,
  makePng,
  makeWebp,
  webpChunk,
} from '../support/pictures.ts'
import { startServer, type TestServer } from '../support/server.ts'

const LIMIT = 10 * 1024 * 1024

interface Sent {
  readonly status: number
  readonly body: {
    readonly hash?: string
    readonly error?: { readonly code: string; readonly message: string }
  }
}

let server: TestServer
let ada: HttpClient
let bob: HttpClient
let board: string
beforeAll(async () => {
  server = await startServer({ env: { BOARD_PICTURES_MB: '30', PERSON_PICTURES_MB: '40' } })
  ada = await enterAsGuest(server.url, 'Ada')
  bob = await enterAsGuest(server.url, 'Bob')
  board = await newBoard(ada)
})
afterAll(() => server?.remove())

const path = (boardId = board): string => `/api/boards/${boardId}/assets`

const send = async (
  bytes: Uint8Array,
  client = ada,
  boardId = board,
  headers: Record<string, string> = { 'content-type': 'image/png' },
): Promise<Sent> => {
  const response = await fetch(server.url + path(boardId), {
    method: 'POST',
    headers: { cookie: client.cookie(), ...headers },
    body: bytes as Uint8Array<ArrayBuffer>,
  })
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : {} }
}

const fetched = async (hash: string, client: HttpClient | null = ada, boardId = board) => {
  const response = await fetch(`${server.url}${path(boardId)}/${hash}`, {
    headers: client ? { cookie: client.cookie() } : {},
  })
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  }
}

const stored = async (bytes: Uint8Array, client = ada, boardId = board): Promise<string> => {
  const { status, body } = await send(bytes, client, boardId)
  if (status !== 201 || !body.hash) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body.hash
}

const files = async (): Promise<string[]> => {
  const entries = await readdir(join(server.dataDir, 'assets'), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Bytes that no compression makes smaller, in a chunk that is cut out or kept. */
const bulky = (bytes: number): Buffer => Buffer.alloc(bytes, 7)

describe('pictures', () => {
  it('UP6: are served as what they are, to be shown and never run, and kept by the one browser for the one person', async () => {
    const png = makePng({ shade: 1 })
    const { status, headers, bytes } = await fetched(await stored(png))
    expect([status, bytes]).toEqual([200, png])
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, max-age=31536000, immutable',
      'content-disposition': 'inline',
    })
    // UP6: the next person in the same browser does not get it from there.
    expect(headers.get('vary')).toMatch(/\bcookie\b/i)
  })

  it('answer HEAD, and that they are known already, without their bytes', async () => {
    const hash = await stored(makePng({ shade: 1 }))
    const address = `${server.url}${path()}/${hash}`
    const head = await fetch(address, { method: 'HEAD', headers: { cookie: ada.cookie() } })
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect((await head.arrayBuffer()).byteLength).toBe(0)
    const known = await fetch(address, { headers: { cookie: ada.cookie(), 'if-none-match': `"${hash}"` } })
    expect(known.status).toBe(304)
  })

  it('UP1: are told by their bytes, whatever type and name they are sent under', async () => {
    const types = ['text/html', 'image/svg+xml', 'application/json', 'multipart/form-data; boundary=x', '']
    for (const type of types) {
      const { status, body } = await send(makeJpeg(), ada, board, type ? { 'content-type': type } : {})
      expect([type, status]).toEqual([type, 201])
      expect((await fetched(body.hash ?? '')).headers.get('content-type')).toBe('image/jpeg')
    }
  })

  it('UP1 UP9: lose what is hidden in them: pages, archives, scripts, where they were taken', async () => {
    const page = Buffer.from('<html><script>alert(1)</script></html>')
    const hidden: [Uint8Array, Uint8Array][] = [
      [
        makePng({
          shade: 2,
          extra: [
            ['tEXt', page],
            ['eXIf', gpsExif()],
          ],
          trailing: page,
        }),
        makePng({ shade: 2 }),
      ],
      [
        makeJpeg({
          width: 9,
          extra: [jpegSegment(0xe1, gpsExif()), jpegSegment(0xfe, page)],
          trailing: page,
        }),
        makeJpeg({ width: 9 }),
      ],
      [makeWebp([lossyFrame(9, 9), webpChunk('EXIF', gpsExif())], page), makeWebp([lossyFrame(9, 9)])],
    ]
    for (const [dirty, clean] of hidden) expect((await fetched(await stored(dirty))).bytes).toEqual(clean)
  })

  it('UP1 UP2 UP3: are refused in words when they are none, move, or are bombs', async () => {
    const before = await files()
    const refused: Uint8Array[] = [
      makeGif(),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]),
      Buffer.from('%PDF-1.7 <html>'),
      Buffer.from('GIF89a=1;alert(1)//'),
      makePng({ width: 50_000, height: 50_000, pixels: false }),
      makeJpeg({ width: 60_000, height: 60_000 }),
      makePng({ extra: [['IHDR', Buffer.alloc(13)]] }),
    ]
    for (const bytes of refused) {
      const { status, body } = await send(bytes)
      expect([status, body.error?.code]).toEqual([400, 'invalid'])
      expect(body.error?.message).toMatch(/^[A-Z].*\.$/)
    }
    expect(await files()).toEqual(before)
  })

  it('UP2: with a giant profile are stored without it', async () => {
    const png = makePng({ shade: 3, extra: [['iCCP', bulky(8_000_000)]] })
    expect((await fetched(await stored(png))).bytes).toEqual(makePng({ shade: 3 }))
  })

  it('UP4: may have so many bytes and not one more, and are refused when there are none or too few', async () => {
    const frame = makePng({ shade: 4 })
    const exact = makePng({ shade: 4, extra: [['eXIf', bulky(LIMIT - frame.length - 12)]] })
    expect(exact.length).toBe(LIMIT)
    expect((await send(exact)).status).toBe(201)
    const { status, body } = await send(Buffer.concat([exact, Buffer.from([0])]))
    expect([status, body.error?.code]).toEqual([413, 'too-large'])
    expect((await send(Buffer.alloc(0))).status).toBe(400)
    expect((await send(frame.subarray(0, -6))).status).toBe(400)
  })

  it('UP4: stop being read when they go on beyond the limit, without a length or with a false one', async () => {
    const endless = new Promise<number>((resolve, reject) => {
      const asked = httpRequest(
        server.url + path(),
        { method: 'POST', headers: { cookie: ada.cookie(), 'transfer-encoding': 'chunked' } },
        (response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        },
      )
      asked.once('error', reject)
      const chunk = Buffer.alloc(256 * 1024, 1)
      const more = (): void => {
        while (asked.writable && !asked.destroyed && asked.write(chunk)) {
          // Until the socket takes no more for now.
        }
        asked.once('drain', more)
      }
      more()
    })
    expect(await endless).toBe(413)
    const promised = await new Promise<string>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => {
        const head = `POST ${path()} HTTP/1.1\r\nHost: localhost:${server.port}\r\nCookie: ${ada.cookie()}\r\n`
        socket.write(`${head}Content-Length: 99999999999\r\n\r\n`)
      })
      socket.once('data', (data) => {
        resolve(data.toString())
        socket.destroy()
      })
    })
    expect(promised).toMatch(/^HTTP\/1\.1 413 /)
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
  })

  it('UP4: that break off half-way leave nothing behind', async () => {
    const before = await files()
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => {
        const head = `POST ${path()} HTTP/1.1\r\nHost: localhost:${server.port}\r\nCookie: ${ada.cookie()}\r\n`
        socket.write(`${head}Content-Length: 5000\r\n\r\nhalf of it`, () => socket.destroy())
      })
      socket.once('close', () => resolve())
    })
    for (let turn = 0; turn < 8; turn++) expect((await send(makePng({ shade: 5 }))).status).toBe(201)
    expect((await files()).length).toBe(before.length + 1)
  })

  it('UP5: have no names but their hashes: nothing else is found, whatever it is', async () => {
    const names = [
      '..%2f..%2fsecret',
      'CON',
      'x'.repeat(1000),
      '%E2%80%AE',
      'a%0Ab',
      '%00',
      `${'0'.repeat(64)}%00`,
    ]
    for (const name of names) {
      const { status } = await fetched(name)
      expect([name, [400, 404].includes(status)]).toEqual([name, true])
    }
    expect((await files()).every((file) => /assets\/[0-9a-f]{2}\/[0-9a-f]{62}$/.test(file))).toBe(true)
  })

  it('UP6 AP11: are for those who may see the board now; all else is one answer', async () => {
    const shared = await newBoard(ada)
    const hash = await stored(makePng({ shade: 6 }), ada, shared)
    const own = await newBoard(bob)
    const answerTo = async (client: HttpClient, id: string, of = hash) => {
      const { status, bytes } = await fetched(of, client, id)
      return `${status} ${bytes}`
    }
    const none = await answerTo(bob, shared)
    expect(none).toMatch(/^404 /)
    expect(await answerTo(bob, own)).toBe(none)
    expect(await answerTo(bob, 'no-such-board')).toBe(none)
    expect(await answerTo(ada, shared, '0'.repeat(64))).toBe(none)
    expect((await fetched(hash, createHttpClient(server.url), shared)).status).toBe(401)
    const link = await newLink(ada, shared, 'viewer')
    await bob.call('POST', '/api/links/join', { secret: secretOf(link) })
    expect((await fetched(hash, bob, shared)).status).toBe(200)
    const refused = await send(makePng({ shade: 7 }), bob, shared)
    expect([refused.status, refused.body.error?.code]).toEqual([403, 'not-allowed'])
    await ada.call('DELETE', `/api/boards/${shared}/links/${link.id}`)
    expect(await answerTo(bob, shared)).toBe(none)
    await ada.call('DELETE', `/api/boards/${shared}`)
    expect(await answerTo(ada, shared)).toBe(none)
    expect((await send(makePng(), ada, shared)).status).toBe(404)
  })

  it('AP3: are taken from no other site', async () => {
    const foreign = { 'content-type': 'image/png', origin: 'http://evil.test' }
    expect((await send(makePng(), ada, board, foreign)).status).toBe(403)
  })

  it('UP7: come in however many are sent at once, within what one person and board may have', async () => {
    const cy = await enterAsGuest(server.url, 'Cy')
    const boards = [await newBoard(cy), await newBoard(cy)]
    const large = (n: number): Buffer => {
      // What is kept of a JPEG is what is coded: so it counts.
      const jpeg = makeJpeg({ width: 100 + n })
      const at = jpeg.length - 2
      return Buffer.concat([jpeg.subarray(0, at), Buffer.alloc(1_000_000, n & 0x7f), jpeg.subarray(at)])
    }
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => send(large(n), cy, boards[n % 2])),
    )
    const statuses = new Set(answers.map(({ status }) => status))
    for (const status of statuses) expect([201, 409, 429, 503]).toContain(status)
    // One after the other until there is no more room.
    let last = 201
    for (let n = 0; n < 60; n++) last = (await send(large(n), cy, boards[n % 2])).status
    expect(last).toBe(409)
    const { body } = await send(large(61), cy, boards[0])
    expect(body.error?.code).toBe('full')
    expect((await send(makePng({ shade: 8 }))).status).toBe(201)
  }, 120_000)

  it('UP8: survive a server that is killed', async () => {
    const hash = await stored(makePng({ shade: 9 }))
    await server.kill()
    await server.start()
    expect((await fetched(hash)).bytes).toEqual(makePng({ shade: 9 }))
  })

  it('UP10: go through no optimiser', async () => {
    const hash = await stored(makePng({ shade: 9 }))
    const address = encodeURIComponent(`${path()}/${hash}`)
    const response = await fetch(`${server.url}/_next/image?url=${address}&w=640&q=75`, {
      headers: { cookie: ada.cookie() },
    })
    expect([400, 404]).toContain(response.status)
  })
})
