import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'

/** A mail server on a port of its own that keeps what it is given. */
export interface Mailbox {
  /** For SMTP_URL. */
  readonly url: string
  /** Raw messages with their recipients, oldest first. */
  readonly messages: readonly { readonly to: string; readonly text: string }[]
  close(): Promise<void>
}

/** Undoes quoted-printable, as far as addresses need it. */
const decode = (text: string): string =>
  text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

export const startMailbox = async (): Promise<Mailbox> => {
  const messages: { to: string; text: string }[] = []

  const serve = (socket: Socket): void => {
    const say = (line: string) => socket.write(`${line}\r\n`)
    let pending = ''
    let to = ''
    let inMessage = false

    const command = (line: string): void => {
      if (/^RCPT TO:/i.test(line)) to = line.replace(/^RCPT TO:<(.*)>.*/i, '$1')
      inMessage = /^DATA/i.test(line)
      if (inMessage) say('354 go on')
      else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
      else say('250 fine')
    }

    /** Takes one whole message or command from what has arrived; false when there is none yet. */
    const take = (): boolean => {
      const mark = inMessage ? '\r\n.\r\n' : '\r\n'
      const cut = pending.indexOf(mark)
      if (cut < 0) return false
      const text = pending.slice(0, cut)
      pending = pending.slice(cut + mark.length)
      if (!inMessage) {
        command(text)
        return true
      }
      inMessage = false
      messages.push({ to, text: decode(text) })
      say('250 kept')
      return true
    }

    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      pending += chunk.toString()
      while (take());
    })
    say('220 mailbox')
  }

  const server = createServer(serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    messages,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
