import { call, type Me } from './api.ts'

/** What people do about themselves, over our own HTTP interface. Every call throws `ApiFailure` and nothing else. */
export const accountApi = {
  join: (secret: string) => call<{ boardId: string }>('POST', '/api/links/join', { secret }),
  rename: (name: string) => call<Me>('PATCH', '/api/me', { name }),
  changePassword: (current: string, next: string) =>
    call<null>('POST', '/api/me/password', { current, next }),
  signOutEverywhere: () => call<null>('DELETE', '/api/me/sessions'),
  close: (proof: { password: string } | { word: string }) => call<null>('POST', '/api/me/close', proof),
  register: (wish: { name: string; email: string; password: string }) =>
    call<unknown>('POST', '/api/register', wish),
}
