import { build } from 'vite'

/** Bundles a page's entry into one script, with its workers in it, for a browser to run it without a dev server. */
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
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((output) =>
    'output' in output ? output.output : [],
  )
  const script = outputs.find((file) => file.type === 'chunk')
  if (script === undefined) throw new Error(`nothing was bundled from ${entry}`)
  return outputs.reduce(
    (code, file) => (file.type === 'asset' ? inlineWorker(code, file.fileName, file.source) : code),
    script.code,
  )
}

/** Vite leaves the address of a worker relative to a script that has one; this one has none. */
function inlineWorker(code: string, fileName: string, source: string | Uint8Array): string {
  const address = new RegExp(`"/${fileName.replaceAll('.', '\\.')}",\\s*"" \\+ \\{\\}\\.url`, 'u')
  const data = Buffer.from(source).toString('base64')
  return code.replace(address, `"data:text/javascript;base64,${data}"`)
}
