import { type Camera, clampZoom } from '../geometry/camera.ts'
import { type Size, worldPoint } from '../geometry/types.ts'
import type { Peer, PeerView } from '../model/presence.ts'
import type { CameraPort } from '../tools/navigation.ts'

/** Calls back before the next frame is shown, with the time in milliseconds; the answer calls it off. */
export type RequestFrame = (callback: (time: number) => void) => () => void

/** The browser's frames; null where there are none, and the camera then jumps. */
export const browserFrames = (): RequestFrame | null => {
  if (typeof requestAnimationFrame !== 'function') return null
  return (callback) => {
    const handle = requestAnimationFrame(callback)
    return () => cancelAnimationFrame(handle)
  }
}

const ANIMATION_MILLISECONDS = 220
/** How fast a followed view is approached: after this many milliseconds, 37 % of the way are left. */
const FOLLOW_MILLISECONDS = 110

export interface CameraControlOptions {
  readonly requestFrame: RequestFrame | null
  readonly reducedMotion: () => boolean
  readonly onChange: () => void
  readonly onFollowChange: () => void
}

/** The camera: set by hand, moved smoothly by commands, or led by the view of a peer. */
export class CameraControl implements CameraPort {
  readonly #options: CameraControlOptions
  #camera: Camera = { x: 0, y: 0, zoom: 1 }
  #size: Size = [1024, 768]
  #stopFrames: (() => void) | null = null
  #following: number | null = null
  #followedView: PeerView | null = null

  constructor(options: CameraControlOptions) {
    this.#options = options
  }

  get camera(): Camera {
    return this.#camera
  }

  /** CSS pixels of the canvas. */
  get size(): Size {
    return this.#size
  }

  get following(): number | null {
    return this.#following
  }

  get view(): PeerView {
    const [width, height] = this.#size
    const { x, y, zoom } = this.#camera
    return { center: worldPoint(x + width / 2 / zoom, y + height / 2 / zoom), zoom, width, height }
  }

  /** The first size given keeps the origin where it is; later ones too, so that nothing moves under a resized window. */
  setSize(size: Size): void {
    this.#size = size
    this.#options.onChange()
    this.#approach()
  }

  /** Panning and zooming by this person: ends following and any movement under way. */
  setCamera(camera: Camera): void {
    this.follow(null)
    this.#stop()
    this.#place(camera)
  }

  animateTo(camera: Camera): void {
    this.follow(null)
    this.#stop()
    const { requestFrame, reducedMotion } = this.#options
    if (!requestFrame || reducedMotion()) {
      this.#place(camera)
      return
    }
    const from = this.#camera
    let begun: number | null = null
    this.#run((time) => {
      begun ??= time
      const part = Math.min(1, (time - begun) / ANIMATION_MILLISECONDS)
      this.#place(part === 1 ? camera : this.#between(from, camera, 1 - (1 - part) ** 3))
      return part < 1
    })
  }

  follow(clientId: number | null): void {
    if (clientId === this.#following) return
    this.#stop()
    this.#following = clientId
    this.#followedView = null
    this.#options.onFollowChange()
  }

  /** The newest views of peers; a peer who left is followed no longer. */
  setPeers(peers: readonly Peer[]): void {
    if (this.#following === null) return
    const peer = peers.find(({ clientId }) => clientId === this.#following)
    if (!peer) {
      this.follow(null)
      return
    }
    this.#followedView = peer.view
    this.#approach()
  }

  dispose(): void {
    this.#stop()
  }

  #approach(): void {
    const { requestFrame, reducedMotion } = this.#options
    if (!this.#followedView) return
    if (!requestFrame || reducedMotion()) {
      this.#place(this.#followed(this.#followedView))
      return
    }
    if (this.#stopFrames) return
    let last: number | null = null
    this.#run((time) => {
      if (!this.#followedView) return false
      const target = this.#followed(this.#followedView)
      const part = last === null ? 0.1 : 1 - Math.exp((last - time) / FOLLOW_MILLISECONDS)
      last = time
      const arrived = this.#isNear(target)
      this.#place(arrived ? target : this.#between(this.#camera, target, part))
      return !arrived
    })
  }

  /** All of what the peer sees, centred, as large as this canvas shows it. */
  #followed(view: PeerView): Camera {
    const [width, height] = this.#size
    const zoom = clampZoom(view.zoom * Math.min(width / view.width, height / view.height))
    return { x: view.center[0] - width / 2 / zoom, y: view.center[1] - height / 2 / zoom, zoom }
  }

  #isNear(target: Camera): boolean {
    const { x, y, zoom } = this.#camera
    const pixels = Math.max(Math.abs(target.x - x), Math.abs(target.y - y)) * zoom
    return pixels < 0.25 && Math.abs(target.zoom / zoom - 1) < 0.001
  }

  /** Between two cameras: the middle of the view moves straight, the zoom evenly to the eye. */
  #between(from: Camera, to: Camera, part: number): Camera {
    const [width, height] = this.#size
    const zoom = Math.exp(Math.log(from.zoom) + (Math.log(to.zoom) - Math.log(from.zoom)) * part)
    const middle = (start: number, startZoom: number, end: number, endZoom: number, side: number): number => {
      const first = start + side / 2 / startZoom
      return first + (end + side / 2 / endZoom - first) * part
    }
    return {
      x: middle(from.x, from.zoom, to.x, to.zoom, width) - width / 2 / zoom,
      y: middle(from.y, from.zoom, to.y, to.zoom, height) - height / 2 / zoom,
      zoom,
    }
  }

  #run(frame: (time: number) => boolean): void {
    const { requestFrame } = this.#options
    if (!requestFrame) return
    const next = (time: number): void => {
      this.#stopFrames = null
      if (frame(time)) this.#stopFrames ??= requestFrame(next)
    }
    this.#stopFrames = requestFrame(next)
  }

  #stop(): void {
    this.#stopFrames?.()
    this.#stopFrames = null
  }

  #place(camera: Camera): void {
    const { x, y, zoom } = this.#camera
    if (camera.x === x && camera.y === y && camera.zoom === zoom) return
    if (![camera.x, camera.y, camera.zoom].every(Number.isFinite)) return
    this.#camera = camera
    this.#options.onChange()
  }
}
