import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { BundledPackage } from './listBundledPackages.ts'

/** A package that is shipped, with what its authors ask to be told along. */
export interface ShippedLicence {
  readonly name: string
  readonly version: string
  /** The SPDX expression of its manifest. */
  readonly spdx: string
  readonly text: string
}

/** Why a package cannot be shipped. */
export interface LicenceProblem {
  readonly name: string
  readonly problem: string
}

/** Licences that ask for no more than to be named: no source, no other licence for our own code. */
const acceptable: ReadonlySet<string> = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'Unlicense',
  'OFL-1.1',
  'PostgreSQL',
  'BlueOak-1.0.0',
  'CC0-1.0',
])

/** Packages that come with their own dependencies inside, where the bundler cannot see them. */
const prebuilt: ReadonlySet<string> = new Set(['simple-peer', 'livekit-client'])

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  author: z.union([z.string(), z.object({ name: z.string() })]).optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
})

type Manifest = z.infer<typeof manifestSchema>

const licenceFile = /^(licen[cs]e|copying|unlicense)([.-].*)?$/i
const noticeFile = /^notice([.-].*)?$/i

/**
 * The licences of the packages in the bundles, sorted by name, each once a version. `standardTexts` has `<SPDX id>.txt` for
 * packages that name a licence and carry no text of it.
 */
export function collectLicences(
  bundled: readonly BundledPackage[],
  standardTexts: string,
): { readonly licences: readonly ShippedLicence[]; readonly problems: readonly LicenceProblem[] } {
  const licences = new Map<string, ShippedLicence>()
  const problems: LicenceProblem[] = []
  for (const folder of withEnclosed(bundled)) {
    const manifest = readManifest(folder)
    const key = `${manifest.name}@${manifest.version}`
    if (licences.has(key)) continue
    const read = readLicence(folder, manifest, standardTexts)
    if (typeof read === 'string') problems.push({ name: key, problem: read })
    else licences.set(key, read)
  }
  const sorted = [...licences.values()].sort((left, right) => left.name.localeCompare(right.name))
  return { licences: sorted, problems }
}

function readLicence(folder: string, manifest: Manifest, standardTexts: string): ShippedLicence | string {
  const { name, version, license } = manifest
  const spdx = typeof license === 'object' ? license.type : (license ?? '')
  if (spdx === '') return 'its manifest names no licence'
  const refused = spdx.match(/[A-Za-z0-9][\w.+-]*/g)?.filter((id) => !isAcceptable(id)) ?? [spdx]
  if (refused.length > 0) return `its licence ${spdx} is not one that we ship by: ${refused.join(', ')}`
  const files = readdirSync(folder)
  const own = [
    ...files.filter((file) => licenceFile.test(file)),
    ...files.filter((file) => noticeFile.test(file)),
  ]
  if (own.length > 0)
    return {
      name,
      version,
      spdx,
      text: own.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n'),
    }
  const standard = standardText(manifest, spdx, standardTexts)
  return standard === null
    ? `it carries no text of its licence, and there is none for ${spdx}`
    : { name, version, spdx, text: standard }
}

const isAcceptable = (id: string): boolean => id === 'AND' || id === 'OR' || acceptable.has(id)

/** The text of every licence that the expression names; null when one is missing. */
function standardText(manifest: Manifest, spdx: string, folder: string): string | null {
  const ids = (spdx.match(/[A-Za-z0-9][\w.+-]*/g) ?? []).filter((id) => id !== 'AND' && id !== 'OR')
  const files = ids.map((id) => join(folder, `${id}.txt`))
  if (files.some((file) => !existsSync(file))) return null
  const author = typeof manifest.author === 'object' ? manifest.author.name : manifest.author
  const copyright = `Copyright (c) ${author ?? `the authors of ${manifest.name}`}`
  return [copyright, ...files.map((file) => readFileSync(file, 'utf8'))].join('\n\n')
}

/** The folders of the packages and of what prebuilt ones have inside, which is installed beside them. */
function withEnclosed(bundled: readonly BundledPackage[]): readonly string[] {
  const folders = new Set(bundled.map(({ folder }) => folder))
  const enclosing = bundled.filter(({ name }) => prebuilt.has(name)).map(({ folder }) => folder)
  for (let folder = enclosing.pop(); folder !== undefined; folder = enclosing.pop()) {
    for (const dependency of Object.keys(readManifest(folder).dependencies ?? {})) {
      const found = findInstalled(dependency, folder)
      if (found === null || folders.has(found)) continue
      folders.add(found)
      enclosing.push(found)
    }
  }
  return [...folders]
}

function findInstalled(name: string, from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (dirname(folder) === folder) return null
  }
}

function readManifest(folder: string): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
}
