import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { languagePage, type SpokenLanguages } from '../language/languagePage.ts'
import { type ConnectSources, contentSecurityPolicy } from './contentSecurityPolicy.ts'
import { resolveAppPath } from './resolveAppPath.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.tflite': 'application/octet-stream',
  '.txt': 'text/plain; charset=utf-8',
}

/** Answers a request for `app://studyhall/…` from the built renderer. `connect` and `languages` are asked anew for each answer. */
export async function serveApp(
  request: { readonly url: string; readonly method: string },
  deps: {
    readonly root: string
    readonly connect: () => ConnectSources
    readonly languages: () => SpokenLanguages
  },
): Promise<Response> {
  const headers = {
    'Content-Security-Policy': contentSecurityPolicy(deps.connect()),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'geolocation=(), midi=(), usb=(), serial=(), hid=(), bluetooth=()',
  }
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return new Response(null, { status: 405, headers })
  const file = resolveAppPath(deps.root, request.url)
  const type = file === null ? undefined : contentTypes[extname(file).toLowerCase()]
  if (file === null || type === undefined) return new Response('Not found', { status: 404, headers })
  const stored = await readFile(file).catch(() => null)
  if (stored === null) return new Response('Not found', { status: 404, headers })
  const body =
    extname(file) === '.html' ? Buffer.from(languagePage(stored.toString(), deps.languages())) : stored
  // Vite names what is below assets/ after its content, so it never changes; the page itself is looked up each time.
  const cache = new URL(request.url).pathname.startsWith('/assets/')
    ? 'max-age=31536000, immutable'
    : 'no-cache'
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
    headers: { ...headers, 'Content-Type': type, 'Cache-Control': cache },
  })
}
