import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { gzipSync } from 'node:zlib'
import { bytesOf, firstLoad, withStaticImports } from '../bundle/staticImports.ts'
import { ensureBuild } from '../setup/ensureBuild.mjs'
import { printReport, type Figure } from './report.ts'

const outFolder = join(import.meta.dirname, '..', '..', 'out')

function sizeOf(what: string, files: ReadonlySet<string>): readonly Figure[] {
  const packed = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(file)).byteLength, 0)
  return [
    { what, value: bytesOf(files) / 1_000, unit: 'kB', note: `${Math.round(packed / 1_000)} kB gzipped` },
  ]
}

await ensureBuild(process.execPath, () => undefined)
printReport({
  name: 'What is read before anything runs',
  method: 'Files as built, each with all that it imports statically. Dependencies are in the bundles.',
  figures: [
    ...sizeOf('main process', withStaticImports(join(outFolder, 'main', 'index.js'))),
    ...sizeOf('preload', withStaticImports(join(outFolder, 'preload', 'index.cjs'))),
    ...sizeOf('page, up to its first picture', firstLoad(join(outFolder, 'renderer'))),
    ...sizeOf('backend’s entry, before its cache', withStaticImports(join(outFolder, 'main', 'backend.js'))),
  ],
})
