import EmailProvider from 'next-auth/providers/email'
import GitHubProvider from 'next-auth/providers/github'
import GoogleProvider from 'next-auth/providers/google'
import type { Provider } from 'next-auth/providers/index'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import type { Config } from '../config.ts'
import { normaliseEmail } from './email.ts'

interface OidcProfile {
  readonly sub: string
  readonly name?: string
  readonly preferred_username?: string
  readonly email?: string
  readonly picture?: string
}

type OidcSettings = NonNullable<Config['oidc']>

const oidcProvider = ({ issuer, clientId, clientSecret, name }: OidcSettings): OAuthConfig<OidcProfile> => ({
  id: 'oidc',
  name,
  type: 'oauth',
  wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  authorization: { params: { scope: 'openid email profile' } },
  idToken: true,
  checks: ['pkce', 'state'],
  clientId,
  clientSecret,
  profile: (profile) => ({
    id: profile.sub,
    name: profile.name ?? profile.preferred_username ?? null,
    email: profile.email ?? null,
    image: profile.picture ?? null,
  }),
})

const plainAddress = (identifier: string): string => {
  const email = normaliseEmail(identifier)
  if (email === null) throw new Error('EmailSignin')
  return email
}

/**
 * The ways to sign in through other services that the settings ask for. They need the store's next-auth adapter. Sign-in
 * links are mailed only where PUBLIC_URL says what they begin with: else whoever asks could name another host.
 */
export const configuredProviders = ({ publicUrl, github, google, oidc, email }: Config): Provider[] => [
  ...(github ? [GitHubProvider(github)] : []),
  ...(google ? [GoogleProvider(google)] : []),
  ...(oidc ? [oidcProvider(oidc)] : []),
  ...(email && publicUrl ? [EmailProvider({ ...email, normalizeIdentifier: plainAddress })] : []),
]
