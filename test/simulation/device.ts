import type { CopyContent, DeviceCopy } from '../../whiteboard/collab/device-copy.ts'

interface UnsavedRow {
  readonly update: Uint8Array
  readonly changes: number
}

/** What lies on a device, whichever tab is open. */
export class Device {
  readonly saved: Uint8Array[] = []
  readonly unsaved = new Set<UnsavedRow>()
}

/**
 * The copy of a board as one tab keeps it: by the contract of the real one, whose own tests stand beside it, but with a
 * plain device instead of a browser's database.
 */
export class DeviceTab implements DeviceCopy {
  readonly available = true
  readonly damaged = 0
  private readonly device: Device
  /** The change with which each row is saved; those that were read and not adopted yet have none. */
  private readonly changeOf = new Map<UnsavedRow, number>()
  private readFromDevice: UnsavedRow[] = []
  private wasRead = false
  private isGone = false

  constructor(device: Device) {
    this.device = device
  }

  async open(): Promise<void> {}

  async read(): Promise<CopyContent> {
    if (this.wasRead) return { updates: [], unsaved: 0 }
    this.wasRead = true
    this.readFromDevice = [...this.device.unsaved]
    const unsaved = this.readFromDevice.reduce((sum, { changes }) => sum + changes, 0)
    return { updates: [...this.device.saved, ...this.readFromDevice.map(({ update }) => update)], unsaved }
  }

  adopt(change: number): void {
    for (const row of this.readFromDevice) this.changeOf.set(row, change)
    this.readFromDevice = []
  }

  addLocal(update: Uint8Array, change: number): void {
    if (this.isGone) return
    const row = { update: update.slice(), changes: 1 }
    this.device.unsaved.add(row)
    this.changeOf.set(row, change)
  }

  addRemote(update: Uint8Array): void {
    if (!this.isGone) this.device.saved.push(update.slice())
  }

  markSaved(change: number): void {
    if (this.isGone) return
    for (const [row, saving] of this.changeOf) {
      if (saving > change) continue
      this.changeOf.delete(row)
      this.device.unsaved.delete(row)
      this.device.saved.push(row.update)
    }
  }

  async close(): Promise<void> {
    this.isGone = true
  }
}
