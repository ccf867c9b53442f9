import { call, type Me } from './api.ts'

/** What people do about themselves, over our own HTTP interface. Every call throws `ApiFailure` and nothing else. */
export const accountApi = {
  join: (secret: string) => call<{ boardId: string }>('POST', '/api/links/join', { secret }),
  rename: (name: string) => call<Me>('PATCH', '/api/me', { name }),
  register: (wish: { name: string; email: string; password: string }) =>
    call<unknown>('POST', '/api/register', wish),
}
