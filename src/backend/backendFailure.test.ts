import { expect, test } from 'vitest'
import { dataFolderFailure } from './backendFailure.ts'

const systemError = (code: string): Error => Object.assign(new Error(code), { code })

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EACCES', 'data-folder-not-writable'],
  ['EROFS', 'data-folder-not-writable'],
  ['ENOTDIR', 'data-folder-not-writable'],
])('%s means %s, and the folder is named', (code, kind) => {
  const failure = dataFolderFailure(systemError(code), '/the/folder')
  expect(failure.error.kind).toBe(kind)
  expect(failure.error.message).toContain('/the/folder')
})

test('what nobody expected is thrown on', () => {
  expect(() => dataFolderFailure(new TypeError('a bug'), '/the/folder')).toThrow('a bug')
  expect(() => dataFolderFailure(systemError('EMFILE'), '/the/folder')).toThrow('EMFILE')
})
