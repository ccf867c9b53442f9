/**
 * `target` as an address on our own site, or the start page when it leads anywhere else (`//evil`, `/\evil`,
 * `javascript:`, user names before the host). The browser's own parser decides, so that it cannot read it differently.
 */
export const onOurSite = (target: string, origin: string): string => {
  if (!URL.canParse(target, origin)) return origin
  const url = new URL(target, origin)
  const ours = url.origin === new URL(origin).origin && url.username === '' && url.password === ''
  return ours ? `${origin}${url.pathname}${url.search}${url.hash}` : origin
}
