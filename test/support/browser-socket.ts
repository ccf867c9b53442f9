/** What a browser's WebSocket has, as far as the client uses it, over whatever a test puts below. */
export abstract class BrowserSocket {
  static readonly OPEN = 1
  readonly OPEN = 1
  readyState = 0
  binaryType = 'blob'
  onopen: (() => void) | null = null
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  onerror: (() => void) | null = null

  send(frame: Uint8Array): void {
    if (this.readyState === 1) this.carry(new Uint8Array(frame))
  }

  /** A frame goes out. */
  protected abstract carry(frame: Uint8Array): void

  /** A frame came in. */
  deliver(frame: Uint8Array): void {
    if (this.readyState === 1) this.onmessage?.({ data: new Uint8Array(frame).buffer })
  }
}
