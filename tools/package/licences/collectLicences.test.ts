import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { collectLicences } from './collectLicences.ts'
import { packageFolderOf, type BundledPackage } from './listBundledPackages.ts'

let folder = ''
let standardTexts = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'studyhall-licences-'))
  standardTexts = join(folder, 'texts')
  mkdirSync(standardTexts)
  writeFileSync(join(standardTexts, 'MIT.txt'), 'Permission is hereby granted')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function install(
  manifest: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>> = {},
): BundledPackage {
  const [name, version] = [String(manifest['name']), '1.0.0']
  const place = join(folder, 'node_modules', name)
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'package.json'), JSON.stringify({ version, ...manifest }))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text)
  return { name, version, folder: place }
}

describe('collectLicences', () => {
  test('takes a package’s own text, with its notices', () => {
    const bundled = install(
      { name: 'a', license: 'Apache-2.0' },
      { LICENSE: 'the text', 'NOTICE.md': 'the notice' },
    )
    expect(collectLicences([bundled, bundled], standardTexts)).toEqual({
      licences: [{ name: 'a', version: '1.0.0', spdx: 'Apache-2.0', text: 'the text\nthe notice' }],
      problems: [],
    })
  })

  test('takes the standard text, with the author, where the package has none', () => {
    const { licences } = collectLicences(
      [install({ name: 'a', license: 'MIT', author: 'Ada' })],
      standardTexts,
    )
    expect(licences[0]?.text).toBe('Copyright (c) Ada\n\nPermission is hereby granted')
  })

  test.each([
    ['names no licence', {}, 'names no licence'],
    ['names one that asks for more', { license: 'GPL-3.0-only' }, 'not one that we ship by'],
    ['names one of two that asks for more', { license: '(MIT AND SSPL-1.0)' }, 'SSPL-1.0'],
    ['names none that has a name', { license: 'SEE LICENSE IN x' }, 'not one that we ship by'],
    ['has no text of a licence that we have none of either', { license: 'ISC' }, 'no text'],
  ])('a package that %s cannot be shipped', (_what, manifest, words) => {
    const { licences, problems } = collectLicences([install({ name: 'a', ...manifest })], standardTexts)
    expect(licences).toEqual([])
    expect(problems).toEqual([{ name: 'a@1.0.0', problem: expect.stringContaining(words) }])
  })

  test('looks into packages that come with others inside', () => {
    install({ name: 'debug', license: 'MIT', dependencies: { ms: '1' } }, { LICENSE: 'd' })
    install({ name: 'ms', license: 'GPL-3.0-only' })
    const peer = install(
      { name: 'simple-peer', license: 'MIT', dependencies: { debug: '1' } },
      { LICENSE: 's' },
    )
    const { licences, problems } = collectLicences([peer], standardTexts)
    expect(licences.map(({ name }) => name)).toEqual(['debug', 'simple-peer'])
    expect(problems.map(({ name }) => name)).toEqual(['ms@1.0.0'])
  })
})

test.each([
  ['/p/node_modules/react/index.js', '/p/node_modules/react'],
  ['/p/node_modules/@a/b/dist/x.js?v=1', '/p/node_modules/@a/b'],
  ['/p/node_modules/a/node_modules/b/x.js', '/p/node_modules/a/node_modules/b'],
  [String.raw`C:\p\node_modules\a\x.js`, 'C:/p/node_modules/a'],
  ['\0/p/node_modules/a/x.js?commonjs-proxy', '/p/node_modules/a'],
  ['/p/src/main/index.ts', null],
])('%s belongs to %s', (id, packageFolder) => {
  expect(packageFolderOf(id)).toBe(packageFolder)
})
