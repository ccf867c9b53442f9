/**
 * An address without its origin, as one to go to on this site. What begins with two slashes would name another host: `/.//host`
 * becomes that when its dots are worked out.
 */
export const pathOf = ({ pathname, search, hash }: URL): string =>
  pathname.replace(/^\/+/, '/') + search + hash
