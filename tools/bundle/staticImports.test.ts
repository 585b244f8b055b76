import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bytesOf, firstLoad, withStaticImports } from './staticImports.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'studyhall-bundle-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

const names = (files: Iterable<string>): readonly string[] =>
  Array.from(files, (file) => relative(folder, file).replaceAll('\\', '/')).sort()

test('static imports are followed in all their spellings and to the end, others are not', () => {
  write({
    'index.js': `import"./a.js";import{b as c}from"./b.js";import d from 'node:fs';const later=()=>import("./later.js")`,
    'a.js': `import * as all from './deep/c.js'\nexport const x = "import './not.js'"`,
    'b.js': `import './index.js'`,
    'deep/c.js': `import "../b.js"`,
    'later.js': '',
    'not.js': '',
  })
  expect(names(withStaticImports(join(folder, 'index.js')))).toEqual([
    'a.js',
    'b.js',
    'deep/c.js',
    'index.js',
  ])
})

test('the first picture needs what the page names, with the imports of its scripts', () => {
  write({
    'index.html': `<script type="module" src="./assets/index.js"></script><link rel="stylesheet" href="/assets/index.css">`,
    'assets/index.js': `import{a}from"./a.js";`,
    'assets/a.js': 'export const a = 1',
    'assets/index.css': 'body{}',
    'assets/room.js': '',
  })
  const files = firstLoad(folder)
  expect(names(files)).toEqual(['assets/a.js', 'assets/index.css', 'assets/index.js', 'index.html'])
  expect(bytesOf([join(folder, 'assets/a.js'), join(folder, 'assets/index.css')])).toBe(18 + 6)
})
