import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { writeFileAtomically } from '../folder/writeFileAtomically.ts'

/** What a host proves by that it is the one of its code. */
export type HostCertificate = {
  /** PEM. */
  readonly privateKey: string
  /** PEM, signed by its own key. */
  readonly certificate: string
  /** SHA-256 of the certificate (DER) as base64url. */
  readonly fingerprint: string
}

const fileSchema = z.strictObject({
  version: z.literal(1),
  privateKey: z.string(),
  certificate: z.string(),
})

/**
 * The certificate of this installation. It is kept, so that a guest's app knows a host again by it, and with the host the guest's own
 * account there. One that cannot be read is made anew: guests are then strangers once.
 */
export async function loadCertificate(file: string): Promise<HostCertificate> {
  const kept = await readFile(file, 'utf8').then(parseCertificate, () => null)
  if (kept !== null) return kept
  const made = await makeCertificate()
  const content = { version: 1, privateKey: made.privateKey, certificate: made.certificate }
  // SECURITY: for this user only; whoever has the key can pass for this host.
  await writeFileAtomically(file, `${JSON.stringify(content, null, 2)}\n`, 0o600)
  return made
}

function parseCertificate(text: string): HostCertificate | null {
  try {
    const { privateKey, certificate } = fileSchema.parse(JSON.parse(text))
    const parsed = new X509Certificate(certificate)
    if (!parsed.checkPrivateKey(createPrivateKey(privateKey))) return null
    return { privateKey, certificate, fingerprint: fingerprintOf(parsed.raw) }
  } catch {
    return null
  }
}

const fingerprintOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('base64url')

/** OIDs of RFC 5480, RFC 5758 and X.520. */
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2'
const COMMON_NAME = '2.5.4.3'
/** The format's word for "does not end" (RFC 5280, 4.1.2.5): what counts is the fingerprint. */
const NO_END = new Date('9999-12-31T23:59:59Z')

/** Makes a key on P-256 and a certificate for it. It names no person and no computer: everybody on the network can read it. */
export async function makeCertificate(): Promise<HostCertificate> {
  // Only who hosts needs them.
  const [{ AsnConvert }, x509] = await Promise.all([
    import('@peculiar/asn1-schema'),
    import('@peculiar/asn1-x509'),
  ])
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const serialNumber = randomBytes(16)
  // Positive, and of full length.
  serialNumber[0] = ((serialNumber[0] ?? 0) & 0x7f) | 0x40
  const name = new x509.Name([
    new x509.RelativeDistinguishedName([
      new x509.AttributeTypeAndValue({
        type: COMMON_NAME,
        value: new x509.AttributeValue({ utf8String: 'Studyhall host' }),
      }),
    ]),
  ])
  const signatureAlgorithm = new x509.AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 })
  const tbsCertificate = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: toArrayBuffer(serialNumber),
    signature: signatureAlgorithm,
    issuer: name,
    subject: name,
    // A guest's clock may be wrong, and so may the host's.
    validity: new x509.Validity({ notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: NO_END }),
    subjectPublicKeyInfo: AsnConvert.parse(
      toArrayBuffer(publicKey.export({ type: 'spki', format: 'der' })),
      x509.SubjectPublicKeyInfo,
    ),
  })
  const signatureValue = sign('sha256', Buffer.from(AsnConvert.serialize(tbsCertificate)), privateKey)
  const certificate = new x509.Certificate({
    tbsCertificate,
    signatureAlgorithm,
    signatureValue: toArrayBuffer(signatureValue),
  })
  const parsed = new X509Certificate(Buffer.from(AsnConvert.serialize(certificate)))
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: parsed.toString(),
    fingerprint: fingerprintOf(parsed.raw),
  }
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength)
  new Uint8Array(copy).set(bytes)
  return copy
}
