import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Serves or builds the gallery alone; the app's own build never sees it. */
export default defineConfig({
  root: 'src/renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../dist/gallery',
    emptyOutDir: true,
    target: 'chrome140',
    rollupOptions: { input: { gallery: 'gallery.html' } },
  },
})
