import { configuredProviders } from '../../server/auth/providers.ts'
import { runtime } from '../../server/runtime.ts'
import type { Service } from '../components/other-services.tsx'

/** The other ways to sign in that are set up, for the sign-in pages. Server only. */
export const configuredServices = (): Service[] =>
  configuredProviders(runtime().config).map(({ id, name, type }) => ({
    id,
    name,
    kind: type === 'email' ? 'email' : 'oauth',
  }))
