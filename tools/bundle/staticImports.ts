import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A built module with all that it imports statically: what has to be read before its first line runs. */
export function withStaticImports(entry: string): ReadonlySet<string> {
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

/** The built page with the scripts and style sheets that its HTML names, and what those import statically. */
export function firstLoad(rendererFolder: string): ReadonlySet<string> {
  const page = join(rendererFolder, 'index.html')
  const files = new Set([page])
  for (const [, name = ''] of readFileSync(page, 'utf8').matchAll(
    /(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g,
  )) {
    const file = join(rendererFolder, name)
    if (name.endsWith('.js')) for (const found of withStaticImports(file)) files.add(found)
    else files.add(file)
  }
  return files
}

/** Bytes, as they are read. */
export function bytesOf(files: Iterable<string>): number {
  let bytes = 0
  for (const file of files) bytes += readFileSync(file).byteLength
  return bytes
}
