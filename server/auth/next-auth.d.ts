import 'next-auth'
import 'next-auth/jwt'

declare module 'next-auth' {
  interface Session {
    user: { id: string; name: string; email: string | null; isGuest: boolean }
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    sub?: string
    sessionVersion?: number
    sid?: string
  }
}
