import { describe, expect, test } from 'vitest'
import { findAccount, mayPass } from './serverAccount.ts'

const passwd = [
  'root:x:0:0:root:/root:/bin/bash',
  'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
  'postgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash',
  '',
].join('\n')

describe('findAccount', () => {
  test('the first name that exists wins', () => {
    expect(findAccount(passwd, ['postgres', 'nobody'])).toEqual({ name: 'postgres', uid: 101, gid: 104 })
    expect(findAccount(passwd, ['missing', 'nobody'])).toEqual({ name: 'nobody', uid: 65_534, gid: 65_534 })
    expect(findAccount(passwd, ['missing'])).toBeNull()
  })

  test('macOS writes the last ids as negative numbers', () => {
    expect(findAccount('nobody:*:-2:-2:x:/var/empty:/usr/bin/false', ['nobody'])).toEqual({
      name: 'nobody',
      uid: 4_294_967_294,
      gid: 4_294_967_294,
    })
  })
})

describe('mayPass', () => {
  const account = { name: 'postgres', uid: 101, gid: 104 }

  test.each([
    [{ uid: 0, gid: 0, mode: 0o40755 }, true],
    [{ uid: 0, gid: 0, mode: 0o40711 }, true],
    [{ uid: 0, gid: 0, mode: 0o40700 }, false],
    [{ uid: 101, gid: 0, mode: 0o40700 }, true],
    [{ uid: 0, gid: 104, mode: 0o40710 }, true],
    // The owner's bits count for the owner, even where those of others would allow more.
    [{ uid: 101, gid: 0, mode: 0o40011 }, false],
    [{ uid: 0, gid: 104, mode: 0o40701 }, false],
  ])('%j: %s', (directory, expected) => {
    expect(mayPass(account, directory)).toBe(expected)
  })
})
