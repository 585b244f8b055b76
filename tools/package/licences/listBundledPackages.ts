import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Plugin } from 'vite'
import { z } from 'zod'

/** An npm package of which something is in a bundle. `folder` is where it is installed. */
export interface BundledPackage {
  readonly name: string
  readonly version: string
  readonly folder: string
}

const manifestSchema = z.object({ name: z.string(), version: z.string() })

/** Files that are copied as they are, or join a style sheet: they have no place in a chunk. */
const assetPattern = /\.(css|wasm|tflite|woff2?|svg|png|mp3|ogg)$|\?(url|worker|raw)/

/** What was found in this run, by part: every worker is a build of its own. */
const foundByPart = new Map<string, Map<string, BundledPackage>>()

/** The folder of the package that a module belongs to; null for our own modules and what the bundler makes up. */
export function packageFolderOf(moduleId: string): string | null {
  const path = moduleId
    .replaceAll('\\', '/')
    .replace(/^\0+/, '')
    .replace(/[?#].*$/, '')
  const match = /^(?<folder>.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)
  return match?.groups?.['folder'] ?? null
}

/**
 * A Vite plugin that writes into `<folder>/<part>.json` which packages a build has taken code or files from. That list is
 * what the licences are collected for (`collectLicences.ts`); a package that was looked at and left out is not on it.
 */
export function listBundledPackages(part: string, folder: string): Plugin {
  let root = ''
  return {
    name: 'studyhall:list-bundled-packages',
    apply: 'build',
    configResolved(config) {
      root = config.root
    },
    generateBundle(_options, bundle) {
      const shipped = new Set<string>()
      for (const output of Object.values(bundle)) {
        if (output.type === 'chunk') for (const id of output.moduleIds) shipped.add(id)
        // What a style sheet names, as fonts, is no module.
        else for (const name of output.originalFileNames) shipped.add(resolve(root, name))
      }
      for (const id of this.getModuleIds()) if (assetPattern.test(id)) shipped.add(id)
      const found = foundByPart.get(part) ?? new Map<string, BundledPackage>()
      foundByPart.set(part, found)
      for (const id of shipped) {
        const packageFolder = packageFolderOf(id)
        if (packageFolder !== null && !found.has(packageFolder))
          found.set(packageFolder, describe(packageFolder))
      }
      mkdirSync(folder, { recursive: true })
      const sorted = [...found.values()].sort((left, right) => left.folder.localeCompare(right.folder))
      writeFileSync(join(folder, `${part}.json`), JSON.stringify(sorted, null, 1))
    },
  }
}

function describe(folder: string): BundledPackage {
  for (let at = folder; ; at = dirname(at)) {
    // Some packages have further manifests inside that only say how modules are written.
    const parsed = manifestSchema.safeParse(JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')))
    if (parsed.success) return { ...parsed.data, folder: at }
  }
}
