import { join, sep } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolveAppPath } from './resolveAppPath.ts'

const root = join(sep, 'app', 'out', 'renderer')

describe('resolveAppPath', () => {
  test.each([
    ['app://studyhall/', 'index.html'],
    ['app://studyhall/index.html', 'index.html'],
    ['app://studyhall/assets/index-Abc123.js?v=1#x', join('assets', 'index-Abc123.js')],
    ['app://studyhall/assets/with%20space.svg', join('assets', 'with space.svg')],
  ])('serves %s', (url, file) => {
    expect(resolveAppPath(root, url)).toBe(join(root, file))
  })

  test.each([
    'app://studyhall/..%2fmain/index.js',
    'app://studyhall/assets/..%2F..%2Fmain/index.js',
    'app://studyhall/..%5cmain%5cindex.js',
    'app://studyhall/%252e%252e%252fmain/index.js',
    'app://studyhall/index.html%00.png',
    String.raw`app://studyhall/..\main\index.js`,
    'app://studyhall//etc/passwd/../../.env',
    'app://studyhall/.env',
    'app://studyhall/assets/.hidden',
    'app://studyhall/C:/Windows/win.ini',
    'app://studyhall/%',
    'app://elsewhere/index.html',
    'app://studyhall.evil/index.html',
    'app://user@studyhall/index.html',
    'http://studyhall/index.html',
    'file:///etc/passwd',
    'not an url',
  ])('refuses %s', (url) => {
    expect(resolveAppPath(root, url)).toBeNull()
  })

  test.each(['app://studyhall/%2e%2e/main/index.js', 'app://studyhall/../../main/index.js'])(
    '%s, whose dots the URL parser takes away, stays below the root',
    (url) => {
      expect(resolveAppPath(root, url)).toBe(join(root, 'main', 'index.js'))
    },
  )

  test('never leaves the root, whatever is asked for', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      '%2f',
      '%5C',
      '%2e',
      '%25',
      ':',
      'a',
      '%00',
      'assets',
      '~',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = resolveAppPath(root, `app://studyhall/${pieces.join('')}`)
        expect(file === null || file.startsWith(root + sep)).toBe(true)
      }),
    )
  })
})
