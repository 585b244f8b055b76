import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Cipher } from '../secrets/sealed.ts'
import { openSessionStore } from './sessionStore.ts'

/** A cipher that turns text round, and knows its own work. */
const reversing: Cipher = {
  isEncryptionAvailable: () => true,
  encryptString: (text) => Buffer.from(`v10${text.split('').toReversed().join('')}`),
  decryptString: (encrypted) => {
    const text = encrypted.toString()
    if (!text.startsWith('v10')) throw new Error('not mine')
    return text.slice(3).split('').toReversed().join('')
  },
}
const noCipher: Cipher = {
  isEncryptionAvailable: () => false,
  encryptString: () => {
    throw new Error('not available')
  },
  decryptString: () => {
    throw new Error('not available')
  },
}

let folder = ''
let lines: string[] = []
const log = {
  info: (text: string) => lines.push(text),
  warn: (text: string) => lines.push(text),
  error: (text: string) => lines.push(text),
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'studyhall-session-'))
  lines = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
/** Windows keeps its own access lists, which the profile's folder inherits. */
const readableByOthers = (file: string): boolean =>
  process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0
const content = (): string => readFileSync(join(folder, 'session.json'), 'utf8')

describe('openSessionStore', () => {
  test('gives back at the next start what was saved, and keeps it encrypted on disk', () => {
    openSessionStore(folder, reversing, log).save('sb-auth', 'refresh-token')
    expect(openSessionStore(folder, reversing, log).load('sb-auth')).toBe('refresh-token')
    expect(content()).not.toContain('refresh-token')
    expect(readableByOthers(join(folder, 'session.json'))).toBe(false)
  })

  test('without encryption it is plain text for the owner only, said in the log once', () => {
    const store = openSessionStore(folder, noCipher, log)
    store.save('a', 'one')
    store.save('a', 'two')
    expect(store.load('a')).toBe('two')
    expect(lines.filter((line) => line.includes('no encryption'))).toHaveLength(1)
    expect(lines.join()).not.toMatch(/one|two/)
  })

  test('a value that can no longer be decrypted is none', () => {
    openSessionStore(folder, reversing, log).save('a', 'x')
    expect(openSessionStore(folder, noCipher, log).load('a')).toBeNull()
  })

  test('what is cleared is gone from the disk; the rest stays', () => {
    const store = openSessionStore(folder, noCipher, log)
    store.save('a', 'first')
    store.save('b', 'second')
    store.clear('a')
    expect(store.load('a')).toBeNull()
    expect(store.load('b')).toBe('second')
    expect(content()).not.toContain('first')
  })

  test.each(['', 'null', '{"version":1}', '{"version":9,"entries":{}}'])(
    'a damaged file (%j) is no session',
    (text) => {
      writeFileSync(join(folder, 'session.json'), text)
      expect(openSessionStore(folder, reversing, log).load('a')).toBeNull()
    },
  )

  test('names that every object has are no entries', () => {
    expect(openSessionStore(folder, reversing, log).load('constructor')).toBeNull()
  })
})
