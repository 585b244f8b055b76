import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from './runCommand.ts'

/** A key and a certificate that signs itself, for one address. */
export interface Certificate extends AsyncDisposable {
  readonly keyFile: string
  readonly certificateFile: string
}

/** Makes a certificate with OpenSSL's program; the files are removed when it is disposed. */
export async function makeCertificate(address: string): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'studyhall-faults-certificate-'))
  const keyFile = join(folder, 'key.pem')
  const certificateFile = join(folder, 'certificate.pem')
  const command = `req -x509 -nodes -days 2 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -subj /CN=studyhall-faults`
  const places = ['-addext', `subjectAltName=IP:${address}`, '-keyout', keyFile, '-out', certificateFile]
  await runCommand('openssl', [...command.split(' '), ...places])
  return {
    keyFile,
    certificateFile,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
