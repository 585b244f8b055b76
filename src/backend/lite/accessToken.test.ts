import { createHmac } from 'node:crypto'
import { SignJWT } from 'jose'
import { describe, expect, it, test } from 'vitest'
import { readAccessToken } from './accessToken.ts'

const secret = 'a secret of more than thirty-two characters'
const secretBytes = new TextEncoder().encode(secret)
const nowS = 1_800_000_000
const now = new Date(nowS * 1_000)
const signedIn = { role: 'authenticated', sub: 'ada', iat: nowS - 10, exp: nowS + 60 }

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

function tokenOf(header: unknown, payload: unknown, key = secret, hash = 'sha256'): string {
  const text = `${encode(header)}.${encode(payload)}`
  return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`
}
const hs256 = { alg: 'HS256', typ: 'JWT' }

describe('an access token', () => {
  it('is read as the library that makes them signs them', async () => {
    const token = await new SignJWT({ ...signedIn, email: 'ada@example.test' })
      .setProtectedHeader(hs256)
      .sign(secretBytes)
    expect(await readAccessToken(token, secretBytes, now)).toEqual({ ...signedIn, email: 'ada@example.test' })
  })

  test.each<[string, string]>([
    ['is signed by another key', tokenOf(hs256, signedIn, 'another secret')],
    ['is signed by another hash', tokenOf({ alg: 'HS512' }, signedIn, secret, 'sha512')],
    ['names another algorithm', tokenOf({ alg: 'HS512' }, signedIn)],
    ['names none', tokenOf({ alg: 'none' }, signedIn)],
    ['is not signed', `${encode({ alg: 'none' })}.${encode(signedIn)}.`],
    ['asks for what must be understood', tokenOf({ ...hs256, crit: ['b64'], b64: false }, signedIn)],
    [
      'has been changed',
      tokenOf(hs256, signedIn).replace(/\.[^.]+\./, `.${encode({ ...signedIn, sub: 'ben' })}.`),
    ],
    ['has something behind its signature', `${tokenOf(hs256, signedIn)}!`],
    ['has a further part', `${tokenOf(hs256, signedIn)}.x`],
    ['is the service’s', tokenOf(hs256, { ...signedIn, role: 'service_role' })],
    ['is nobody’s', tokenOf(hs256, { ...signedIn, sub: undefined })],
    ['names somebody by a number', tokenOf(hs256, { ...signedIn, sub: 5 })],
    ['has expired in this second', tokenOf(hs256, { ...signedIn, exp: nowS })],
    ['never expires', tokenOf(hs256, { ...signedIn, exp: undefined })],
    ['is issued in the future', tokenOf(hs256, { ...signedIn, iat: nowS + 1 })],
    ['is not good yet', tokenOf(hs256, { ...signedIn, nbf: nowS + 1 })],
    ['has a time that is none', tokenOf(hs256, { ...signedIn, nbf: 'now' })],
    ['holds no claims', tokenOf(hs256, 'null')],
    ['holds no JSON', tokenOf(hs256, '{')],
    ['is no token', 'sb_publishable_key'],
  ])('is left to the library when it %s', async (_, token) => {
    expect(await readAccessToken(token, secretBytes, now)).toBeNull()
  })
})
