import { build } from 'vite'

/** Bundles a page's entry into one script, for a browser to run it without a dev server. */
export async function bundlePage(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry, formats: ['iife'], name: 'page', fileName: 'page' },
    },
  })
  const outputs = Array.isArray(built) ? built : [built]
  const script = outputs
    .flatMap((output) => ('output' in output ? output.output : []))
    .find((file) => file.type === 'chunk')
  if (script === undefined) throw new Error(`nothing was bundled from ${entry}`)
  return script.code
}
