import { Redis } from 'ioredis'
import type { Log } from './log.ts'

/** Milliseconds. */
const limits = {
  connect: 2_000,
  /** For an answer: whoever asks goes on without Redis after that. */
  answer: 1_000,
  /** Without any answer to what was asked, after which the connection is taken for dead. */
  silence: 3_000,
  retryFirst: 50,
  retryLongest: 1_000,
}

/**
 * A connection to Redis that never makes anybody wait for it: while it is away commands fail at once, and it comes back by
 * itself within about a second after Redis does.
 *
 * @param purpose what it is for, as `CLIENT LIST` and the log show it
 */
export const openRedis = (url: string, purpose: string, log: Log): Redis => {
  const redis = new Redis(url, {
    connectionName: `drawbridge-${purpose}`,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // Who subscribes has to know from when on messages come in again, and so does it by itself.
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    connectTimeout: limits.connect,
    commandTimeout: limits.answer,
    socketTimeout: limits.silence,
    retryStrategy: (attempt) => Math.min(limits.retryLongest, limits.retryFirst * attempt),
  })
  let away = false
  redis.on('error', (error) => {
    // Once an outage, not once an attempt.
    if (!away) log.error('Redis cannot be reached; this node goes on without it', { purpose, error })
    away = true
  })
  redis.on('ready', () => {
    if (away) log.info('Redis is back', { purpose })
    away = false
  })
  return redis
}
