import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDesktopEntry } from './formatDesktopEntry.ts'

const lineOf = (entry: string, key: string): string =>
  entry
    .split('\n')
    .find((line) => line.startsWith(`${key}=`))
    ?.slice(key.length + 1) ?? ''

test.each([
  ['/home/ada/My Apps/Studyhall.AppImage', '"/home/ada/My Apps/Studyhall.AppImage"'],
  ['/opt/100%/a"b$c', String.raw`"/opt/100%%/a\\"b\\$c"`],
])('the path %s is quoted', (executable, quoted) => {
  const entry = formatDesktopEntry({ executable, args: ['--hidden'], more: {} })
  expect(lineOf(entry, 'Exec')).toBe(`${quoted} "--hidden"`)
  expect(lineOf(entry, 'TryExec')).toBe(executable)
})

test('the place of an address is no argument in quotes', () => {
  const entry = formatDesktopEntry({
    executable: '/opt/a',
    args: [],
    fieldCode: '%u',
    more: { NoDisplay: 'true' },
  })
  expect(lineOf(entry, 'Exec')).toBe('"/opt/a" %u')
  expect(lineOf(entry, 'NoDisplay')).toBe('true')
})

/** As a desktop reads it: the string's escapes, then the quoting of the one argument, then the field codes. */
function readExecutable(exec: string): string {
  const text = exec.replaceAll(/\\([snrt\\])/g, (_all, letter: string) =>
    letter === 'n' ? '\n' : letter === 'r' ? '\r' : letter,
  )
  const [, quoted = ''] = /^"((?:[^"\\]|\\.)*)"$/su.exec(text) ?? []
  return quoted.replaceAll(/\\(.)/gsu, '$1').replaceAll('%%', '%')
}

test('whatever the path, it is read back as it was, and adds no line', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('/', 'a', ' ', '"', '$', '`', '\\', '%', '\n', 'é') }),
      (path) => {
        const entry = formatDesktopEntry({ executable: path, args: [], more: {} })
        expect(entry.split('\n')).toHaveLength(7)
        expect(readExecutable(lineOf(entry, 'Exec'))).toBe(path)
      },
    ),
  )
})
