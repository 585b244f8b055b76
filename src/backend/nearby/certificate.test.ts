import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadCertificate } from './certificate.ts'

let folder = ''
let file = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-certificate-'))
  file = join(folder, 'nearby.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a certificate signs itself, tells nothing of the computer, and is for this user only', async () => {
  const made = await loadCertificate(file)
  const parsed = new X509Certificate(made.certificate)
  expect(parsed.verify(parsed.publicKey)).toBe(true)
  expect(parsed.subject).toBe('CN=Studyhall host')
  expect(parsed.subjectAltName).toBeUndefined()
  expect(parsed.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' })
  expect(Buffer.from(made.fingerprint, 'base64url').toString('hex')).toBe(
    parsed.fingerprint256.replaceAll(':', '').toLowerCase(),
  )
  const { mode } = await stat(file)
  // Windows has no such bits.
  expect(process.platform === 'win32' ? 0o600 : mode & 0o777).toBe(0o600)
})

test('it stays the same from start to start', async () => {
  expect(await loadCertificate(file)).toEqual(await loadCertificate(file))
})

test.each([
  ['damaged', (text: string) => text.slice(0, 200)],
  [
    'with the key of another',
    (text: string, other: string) =>
      other.replace(/"certificate".*/, /"certificate".*/.exec(text)?.[0] ?? ''),
  ],
])('one that is %s is made anew', async (_what, damage) => {
  const first = await loadCertificate(file)
  const other = join(folder, 'other.json')
  await loadCertificate(other)
  await writeFile(file, damage(await readFile(file, 'utf8'), await readFile(other, 'utf8')))
  const second = await loadCertificate(file)
  expect(second.fingerprint).not.toBe(first.fingerprint)
  expect(await loadCertificate(file)).toEqual(second)
})
