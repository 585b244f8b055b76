import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { gzipSync } from 'node:zlib'
import { ensureBuild } from '../setup/ensureBuild.mjs'
import { printReport, type Figure } from './report.ts'

const outFolder = join(import.meta.dirname, '..', '..', 'out')

/** A module with all that it imports statically: what has to be read before its first line runs. */
function withStaticImports(entry: string): ReadonlySet<string> {
  const files = new Set<string>()
  const add = (file: string): void => {
    if (files.has(file)) return
    files.add(file)
    const imports = readFileSync(file, 'utf8').matchAll(
      /(?:^|[;}\n])import(?:[^"'();]*from)?\s*["'](\.[^"']+)["']/g,
    )
    for (const [, name = ''] of imports) add(join(dirname(file), name))
  }
  add(entry)
  return files
}

function sizeOf(what: string, files: Iterable<string>): readonly Figure[] {
  const contents = [...files].map((file) => readFileSync(file))
  const bytes = contents.reduce((sum, content) => sum + content.byteLength, 0)
  const packed = contents.reduce((sum, content) => sum + gzipSync(content).byteLength, 0)
  return [{ what, value: bytes / 1_000, unit: 'kB', note: `${Math.round(packed / 1_000)} kB gzipped` }]
}

/** The page with the scripts and style sheets that its HTML names. */
function firstLoad(): ReadonlySet<string> {
  const page = join(outFolder, 'renderer', 'index.html')
  const files = new Set([page])
  for (const [, name = ''] of readFileSync(page, 'utf8').matchAll(
    /(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g,
  )) {
    const file = join(outFolder, 'renderer', name)
    if (name.endsWith('.js')) for (const found of withStaticImports(file)) files.add(found)
    else files.add(file)
  }
  return files
}

await ensureBuild(process.execPath, () => undefined)
printReport({
  name: 'What is read before anything runs',
  method: 'Files as built, each with all that it imports statically. Dependencies are in the bundles.',
  figures: [
    ...sizeOf('main process', withStaticImports(join(outFolder, 'main', 'index.js'))),
    ...sizeOf('preload', withStaticImports(join(outFolder, 'preload', 'index.cjs'))),
    ...sizeOf('page, up to its first picture', firstLoad()),
    ...sizeOf('backend’s entry, before its cache', withStaticImports(join(outFolder, 'main', 'backend.js'))),
  ],
})
