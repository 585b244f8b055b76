import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packIcns, packIco } from './packIcons.ts'

const picture = (sizePx: number): { sizePx: number; png: Uint8Array } => ({
  sizePx,
  png: new Uint8Array([sizePx & 255, 7]),
})

test('an .ico points at each of its pictures', () => {
  const ico = Buffer.from(packIco([picture(16), picture(256)]))
  expect(ico.readUInt16LE(4)).toBe(2)
  expect([ico[6], ico[22]]).toEqual([16, 0])
  const [first, second] = [ico.readUInt32LE(6 + 12), ico.readUInt32LE(22 + 12)]
  expect([ico[first], ico[second]]).toEqual([16, 0])
  expect(second + 2).toBe(ico.byteLength)
})

test('an .icns tells its own length and has each picture under its types', () => {
  const icns = Buffer.from(packIcns([picture(32), picture(48), picture(1024)]))
  expect(icns.readUInt32BE(4)).toBe(icns.byteLength)
  const types: string[] = []
  for (let at = 8; at < icns.byteLength; at += icns.readUInt32BE(at + 4))
    types.push(icns.toString('latin1', at, at + 4))
  expect(types).toEqual(['icp5', 'ic11', 'ic10'])
})

test('the icons that are committed are whole', () => {
  const icons = join(import.meta.dirname, '..', '..', 'packaging', 'icons')
  const ico = readFileSync(join(icons, 'icon.ico'))
  const last = 6 + 16 * (ico.readUInt16LE(4) - 1)
  expect(ico.readUInt32LE(last + 12) + ico.readUInt32LE(last + 8)).toBe(ico.byteLength)
  const icns = readFileSync(join(icons, 'icon.icns'))
  expect(icns.readUInt32BE(4)).toBe(icns.byteLength)
})
