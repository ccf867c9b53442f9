import type { AccessWatch, Watched } from './access-watch.ts'
import { type Count, Headcount } from './headcount.ts'

/** Everybody who is there or on the way in. */
export class Attendance {
  readonly onBoard = new Headcount()
  readonly fromAddress = new Headcount()
  readonly ofPerson = new Headcount()
  readonly watch: AccessWatch
  count = 0

  constructor(watch: AccessWatch) {
    this.watch = watch
  }
}

/**
 * One who is counted, from their request until their socket is closed. There are thousands, so it holds no closures, and
 * nothing of the request.
 */
export class Stay {
  private readonly attendance: Attendance
  private readonly board: Count
  private readonly address: Count
  private person: Count | null = null
  private watched: Watched | null = null
  private isOver = false

  constructor(attendance: Attendance, boardId: string, address: string) {
    this.attendance = attendance
    attendance.count++
    this.board = attendance.onBoard.add(boardId)
    this.address = attendance.fromAddress.add(address)
  }

  /** It has turned out who they are. */
  countPerson(personId: string): void {
    if (!this.isOver) this.person = this.attendance.ofPerson.add(personId)
  }

  /** Watches until the end; not any more when that was a while ago. */
  watch(watched: Watched): void {
    if (this.isOver) return
    this.watched = watched
    this.attendance.watch.add(watched)
  }

  unwatch(): void {
    if (this.watched) this.attendance.watch.remove(this.watched)
    this.watched = null
  }

  /** Once. */
  end(): void {
    const { attendance, person } = this
    this.isOver = true
    attendance.count--
    attendance.onBoard.remove(this.board)
    attendance.fromAddress.remove(this.address)
    if (person) attendance.ofPerson.remove(person)
    this.unwatch()
  }
}
