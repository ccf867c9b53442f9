import packageJson from '../../../package.json'
import { runtime } from '../../../server/runtime.ts'
import { json } from '../_http/errors.ts'
import { takesOnly } from '../_http/methods.ts'

export const dynamic = 'force-dynamic'

/** For those who watch the server: whether it runs and its database answers. */
export const GET = async (): Promise<Response> => {
  const about = { version: packageJson.version, uptime: Math.round(process.uptime()) }
  try {
    await runtime().store.ping()
    return json({ status: 'ok', database: 'ok', ...about })
  } catch {
    return json({ status: 'unavailable', database: 'unreachable', ...about }, 503)
  }
}

export const { OPTIONS, POST, PUT, PATCH, DELETE } = takesOnly('GET')
