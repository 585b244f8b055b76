import { isAbsolute, join, relative, sep } from 'node:path'
import { isAppUrl } from './appOrigin.ts'

/**
 * The file below `root` that an `app://studyhall/…` URL names, or null when it names none: a foreign host, a path that
 * leads outside, or one written in a way that no page of ours does. `/` is `index.html`.
 */
export function resolveAppPath(root: string, url: string): string | null {
  if (!isAppUrl(url)) return null
  const { pathname } = new URL(url)
  // SECURITY: an encoded slash, backslash, dot or NUL could become a separator after decoding (`..%2f`).
  if (/%2f|%5c|%2e|%00/i.test(pathname)) return null
  const path = decode(pathname)
  if (path === null || /[\\\0]|%/.test(path)) return null
  const segments = path.split('/').slice(1)
  if (segments.some((segment) => segment.startsWith('.') || segment.includes(':'))) return null
  const file = join(root, ...(path === '/' ? ['index.html'] : segments))
  // SECURITY: whatever the checks above let through, only what is below the root is served.
  const inside = relative(root, file)
  return inside === '' || inside.startsWith(`..${sep}`) || inside === '..' || isAbsolute(inside) ? null : file
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}
