import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// Electron 45 carries Node 24 and Chromium 156.
const nodeTarget = 'node24'
const chromeTarget = 'chrome156'

export default defineConfig({
  main: {
    build: {
      target: nodeTarget,
      outDir: 'out/main',
      sourcemap: false,
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          backend: 'src/backend/utilityEntry.ts',
          talkKey: 'src/main/talkKey/hookEntry.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
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
    plugins: [react()],
    worker: { format: 'es' },
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
