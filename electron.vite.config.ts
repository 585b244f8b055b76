import react from '@vitejs/plugin-react'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { listBundledPackages } from './tools/package/licences/listBundledPackages.ts'

// Electron 45 carries Node 24 and Chromium 156.
const nodeTarget = 'node24'
const chromeTarget = 'chrome156'

const licenceFolder = join(import.meta.dirname, 'out', 'licences')

/** The built backend reads it beside itself; see `resolveOptions` in src/backend/backendOptions.ts. */
function emitRealtimeSchema(): Plugin {
  const file = join(import.meta.dirname, 'src', 'backend', 'realtime', 'realtimeSchema.sql')
  return {
    name: 'studyhall:emit-realtime-schema',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'realtimeSchema.sql', source: readFileSync(file) })
    },
  }
}

export default defineConfig({
  main: {
    plugins: [emitRealtimeSchema(), listBundledPackages('main', licenceFolder)],
    build: {
      target: nodeTarget,
      outDir: 'out/main',
      sourcemap: false,
      // All in: the packaged app carries no node_modules, and fewer files start faster.
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          backend: 'src/backend/utilityEntry.ts',
          talkKey: 'src/main/talkKey/hookEntry.ts',
        },
        // All in one folder: the backend finds the project and its files from where its modules are.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [listBundledPackages('preload', licenceFolder)],
    build: {
      target: nodeTarget,
      outDir: 'out/preload',
      sourcemap: false,
      // A sandboxed preload can require nothing but electron, so whatever it needs is in its one file.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), listBundledPackages('renderer', licenceFolder)],
    worker: { format: 'es', plugins: () => [listBundledPackages('workers', licenceFolder)] },
    build: {
      target: chromeTarget,
      outDir: 'out/renderer',
      sourcemap: false,
      // electron-vite leaves it out; the renderer is parsed at every start.
      minify: true,
      // The content security policy allows no data: script and no inline one.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: { index: 'src/renderer/index.html' } },
    },
  },
})
