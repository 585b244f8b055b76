import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { build } from 'vite'
import { contentSecurityPolicy } from '../../src/main/appProtocol/contentSecurityPolicy.ts'
import { listenOnFreePort } from './listenOnFreePort.ts'

/** A built page with its workers and assets, served as the app serves its own. */
export interface ServedPage {
  readonly url: string
  close(): Promise<void>
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
  '.tflite': 'application/octet-stream',
}

/** Builds a page whose only script is `entry`, an absolute path, and serves it under the app's content security policy. */
export async function servePage(entry: string): Promise<ServedPage> {
  const folder = await mkdtemp(join(tmpdir(), 'studyhall-page-'))
  const html = join(folder, 'index.html')
  await writeFile(html, `<!doctype html><script type="module" src="${entry}"></script>`)
  await build({
    configFile: false,
    logLevel: 'error',
    root: folder,
    worker: { format: 'es' },
    build: {
      outDir: join(folder, 'built'),
      target: 'esnext',
      minify: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: html },
    },
  })
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://page').pathname)
    const file = join(folder, 'built', path === '/' ? 'index.html' : path)
    void readFile(file)
      .catch(() => null)
      .then((body) => {
        response.statusCode = body === null ? 404 : 200
        response.setHeader('content-type', contentTypes[extname(file)] ?? 'text/plain')
        response.setHeader('content-security-policy', contentSecurityPolicy([]))
        return response.end(body)
      })
  })
  return {
    url: await listenOnFreePort(server),
    async close() {
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
