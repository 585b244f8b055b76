import { expect, test } from 'vitest'
import { openOutside } from './openOutside.ts'

function fakeShell(): { readonly opened: string[]; readonly openExternal: (url: string) => Promise<void> } {
  const opened: string[] = []
  return { opened, openExternal: async (url) => void opened.push(url) }
}

test('an https address is handed to the system', async () => {
  const shell = fakeShell()
  await openOutside('https://example.org/notes?page=2', shell)
  expect(shell.opened).toEqual(['https://example.org/notes?page=2'])
})

test.each([
  'http://example.org/',
  'file:///etc/passwd',
  'smb://example.org/share',
  'ms-msdt:/id',
  'javascript:alert(1)',
  'studyhall://join/x',
  'https://ada:secret@example.org/',
  'https://127.0.0.1/',
  'not an address',
])('%s is not', async (url) => {
  const shell = fakeShell()
  await expect(openOutside(url, shell)).rejects.toThrow('only https')
  expect(shell.opened).toEqual([])
})
