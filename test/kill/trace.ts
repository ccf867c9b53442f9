import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { FrameKind } from '../../whiteboard/collab/protocol.ts'

/** Why no process can be watched here; null when one can. */
export const whyNoTrace = (): string | null => {
  const { status, error } = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'])
  return status === 0 ? null : `strace cannot be used: ${error?.message ?? `it ended with ${status}`}`
}

/** What runs a server so that its writes, and when they were on disk, are written to a file. */
export const tracedTo = (path: string): readonly string[] => {
  const calls = 'trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg'
  return ['strace', '-f', '-y', '-x', '-s', '65536', '-o', path, '-e', calls]
}

/** What runs a server so that syncing the file to the disk fails, from the first to the last of so many times. */
export const failingSync = (path: string, first: number, last: number): readonly string[] => {
  const fault = `inject=fsync,fdatasync:error=EIO:when=${first}..${last}`
  return ['strace', '-f', '-o', '/dev/null', '-P', path, '-e', 'trace=fsync,fdatasync', '-e', fault]
}

export interface Order {
  /** Times that the log was synced. */
  readonly syncs: number
  /** Writes to a socket with an acknowledgement in it, and those of them that came before the log was synced. */
  readonly acknowledgements: number
  readonly early: number
}

/** An acknowledgement at the beginning of a frame: binary, short, and its kind. */
const acknowledgement = new RegExp(
  `"\\\\x82\\\\x[0-7][0-9a-f]\\\\x${FrameKind.saved.toString(16).padStart(2, '0')}`,
)

/** What came after what in a trace. Calls that were cut in two by others count when they ended. */
export const readOrder = (path: string): Order => {
  const begun = new Map<string, string>()
  let [syncs, acknowledgements, early, isWritten] = [0, 0, 0, false]
  for (const line of readFileSync(path, 'latin1').split('\n')) {
    const [thread = ''] = line.split(' ', 1)
    const isSync = /fsync|fdatasync/.test(line)
    if (line.includes('<unfinished') && isSync) begun.set(thread, line)
    const whole = line.includes('resumed>') && isSync ? (begun.get(thread) ?? '') : line
    if (isSync && whole.includes('-wal>') && line.endsWith('= 0')) {
      syncs++
      isWritten = false
    } else if (line.includes('pwrite64(') && line.includes('-wal>')) isWritten = true
    else if (/socket|TCP/.test(line) && acknowledgement.test(line)) {
      acknowledgements++
      if (isWritten) early++
    }
  }
  return { syncs, acknowledgements, early }
}
