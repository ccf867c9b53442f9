import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** SHA-256, hex: of snapshots and versions. */
export const checksumOf = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** CRC-32 as a signed number, which both databases have a type for: of log entries. */
export const entryChecksum = (data: Uint8Array): number => crc32(data) | 0
