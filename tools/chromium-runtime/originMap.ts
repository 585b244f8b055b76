/*
 * Chromium does not know the app's own schemes, so `app://studyhall/x` is shown as `http://studyhall.app.localhost/x`:
 * a secure context (names under `localhost` are potentially trustworthy), the same origin on every start whatever port
 * the loopback server has (`--host-resolver-rules` maps it), and in the address space of loopback, so that Chromium's
 * Local Network Access checks let it reach a backend on 127.0.0.1.
 */

const suffix = '.localhost'

/** The address Chromium is given for an URL of a handled scheme; any other URL as it is. */
export function toBrowserUrl(url: string, schemes: ReadonlySet<string>): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([a-z0-9-]+)(?=[/?#]|$)(.*)$/is.exec(url)
  if (match === null) return url
  const [, scheme = '', host = '', rest = ''] = match
  return schemes.has(scheme.toLowerCase())
    ? `http://${host.toLowerCase()}.${scheme.toLowerCase()}${suffix}${rest === '' ? '/' : rest}`
    : url
}

/** The address the app sees for one of Chromium's; any other URL as it is. */
export function toAppUrl(url: string, schemes: ReadonlySet<string>): string {
  const match = /^http:\/\/([a-z0-9-]+)\.([a-z][a-z0-9+-]*)\.localhost(?=[/?#]|$)(.*)$/is.exec(url)
  if (match === null) return url
  const [, host = '', scheme = '', rest = ''] = match
  return schemes.has(scheme) ? `${scheme}://${host}${rest === '' ? '/' : rest}` : url
}

/** `scheme://host` of an URL, or `null` (the string, as the web platform serialises it) for opaque ones. */
export function originOf(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]+)/i.exec(url)
  return match?.[1] ?? 'null'
}

/** The scheme and URL that a request of the loopback server is for, from its Host header; null when it is for no scheme. */
export function appUrlOfRequest(
  hostHeader: string | undefined,
  target: string,
  schemes: ReadonlySet<string>,
): { readonly scheme: string; readonly url: string } | null {
  if (hostHeader === undefined || !target.startsWith('/')) return null
  const url = toAppUrl(`http://${hostHeader}${target}`, schemes)
  const scheme = url.slice(0, url.indexOf(':'))
  return schemes.has(scheme) ? { scheme, url } : null
}
