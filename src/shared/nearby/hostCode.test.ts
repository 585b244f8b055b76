import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildHostCode, buildHostLink, type HostCode, parseHostCode } from './hostCode.ts'
import { readPastedCode } from './readPastedCode.ts'

const fingerprint = 'mC0v7Vw0L3l2m1h9Qd5xGk8yYtZ3a6b4c2d1e0f9g8A'
const key = 'Zm9vYmFyYmF6cXV4LV9hYg'
const roomId = '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10'
const rest = `~${fingerprint}~${key}`
const code = `192.168.1.7:47310${rest}`

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const addresses = fc
  .tuple(
    fc.integer({ min: 1, max: 223 }).filter((first) => first !== 127),
    fc.nat(255),
    fc.nat(255),
    fc.nat(255),
  )
  .map((parts) => parts.join('.'))
const codes: fc.Arbitrary<HostCode> = fc.record({
  addresses: fc.uniqueArray(addresses, { minLength: 1, maxLength: 4 }),
  port: fc.integer({ min: 1, max: 65_535 }),
  fingerprint: bytesOf(32).map(base64url),
  key: bytesOf(16).map(base64url),
  roomId: fc.option(fc.uuid()),
})

describe('the code of a host', () => {
  test('survives being written and read, alone and as a link', () => {
    fc.assert(
      fc.property(codes, (given) => {
        expect(parseHostCode(buildHostCode(given))).toEqual(given)
        expect(readPastedCode(` ${buildHostLink(given)}\n`)).toEqual(given)
        expect(readPastedCode(` ${buildHostCode(given)}`)).toEqual(given)
        expect(readPastedCode(`https://example.org/invite/#host/${buildHostCode(given)}`)).toEqual(given)
        expect(buildHostLink(given)).toMatch(/^studyhall:\/\/host\/[\w.:~-]{1,220}$/)
      }),
    )
  })

  test('one character more, less or another is no code, or another one', () => {
    const place = fc.nat(200)
    const text = fc.string({ unit: 'binary', maxLength: 2 })
    fc.assert(
      fc.property(codes, place, fc.nat(2), text, (given, at, removed, inserted) => {
        const written = buildHostCode(given)
        const changed = written.slice(0, at) + inserted + written.slice(at + removed)
        const read = parseHostCode(changed)
        // Another code, or none.
        expect(read === null ? null : buildHostCode(read)).toBe(read === null ? null : changed)
        expect(read !== null && changed !== written && buildHostCode(read) === written).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  test('whatever is read is written the same again', () => {
    const parts = fc.constantFrom(
      '10.0.0.3',
      '_',
      ':',
      '47310',
      '~',
      fingerprint,
      key,
      roomId,
      '%',
      '/',
      '@',
      ' ',
    )
    const built = fc.array(fc.oneof(parts, fc.string({ unit: 'binary', maxLength: 2 })), { maxLength: 9 })
    fc.assert(
      fc.property(built, (pieces) => {
        const text = pieces.join('')
        const read = parseHostCode(text)
        expect(read === null ? text : buildHostCode(read)).toBe(text)
      }),
      { numRuns: 1_000 },
    )
  })

  test.each([
    ['nothing', ''],
    ['no key', `192.168.1.7:47310~${fingerprint}`],
    ['no address', `:47310${rest}`],
    ['this computer', `127.0.0.1:47310${rest}`],
    ['another name of this computer', `127.1.2.3:47310${rest}`],
    ['no computer', `0.0.0.0:47310${rest}`],
    ['everybody', `255.255.255.255:47310${rest}`],
    ['a group', `224.0.0.1:47310${rest}`],
    ['a name', `studyhall.example:47310${rest}`],
    ['a number', `3232235783:47310${rest}`],
    ['an octal address', `192.168.01.7:47310${rest}`],
    ['an address beyond 255', `192.168.1.256:47310${rest}`],
    ['three parts', `192.168.1:47310${rest}`],
    ['port 0', `192.168.1.7:0${rest}`],
    ['a port beyond the last', `192.168.1.7:65536${rest}`],
    ['a port with a zero before it', `192.168.1.7:047310${rest}`],
    ['the same address twice', `192.168.1.7_192.168.1.7:47310${rest}`],
    ['five addresses', `10.0.0.1_10.0.0.2_10.0.0.3_10.0.0.4_10.0.0.5:47310${rest}`],
    [
      'a fingerprint that could be written otherwise',
      `192.168.1.7:47310~${fingerprint.slice(0, -1)}B~${key}`,
    ],
    ['a key that could be written otherwise', code.slice(0, -1) + 'h'],
    ['a short fingerprint', `192.168.1.7:47310~${fingerprint.slice(1)}~${key}`],
    ['a path', `${code}/x`],
    ['a room in capitals', `${code}~${roomId.toUpperCase()}`],
    ['a line break', `${code}\n`],
    ['a person before it', `ada@${code}`],
  ])('is not %s', (_what, text) => {
    expect(parseHostCode(text)).toBeNull()
  })
})
