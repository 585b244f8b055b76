import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'

/** What a TURN server answers: a success, or the error's code (RFC 8656). */
export type TurnAnswer = 'success' | number

export interface TurnClient {
  /** Asks for a relay (Allocate) with an address of that family. */
  allocate(family?: 'IPv4' | 'IPv6'): Promise<TurnAnswer>
  /** Asks that the relay may send to an address (CreatePermission); nothing is sent there. */
  permit(address: string): Promise<TurnAnswer>
  close(): void
}

interface Message {
  readonly isSuccess: boolean
  readonly attributes: ReadonlyMap<number, Buffer>
}

const COOKIE = 0x2112a442
const methods = { allocate: 0x0003, createPermission: 0x0008 } as const
const attribute = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  peerAddress: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  requestedFamily: 0x0017,
  requestedTransport: 0x0019,
} as const
const UDP = 17
const ANSWER_WITHIN_MS = 5_000

function encodeAttribute(type: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4)
  header.writeUInt16BE(type, 0)
  header.writeUInt16BE(value.length, 2)
  return Buffer.concat([header, value, Buffer.alloc((4 - (value.length % 4)) % 4)])
}

function encodeHeader(method: number, length: number, transactionId: Buffer): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt16BE(method, 0)
  header.writeUInt16BE(length, 2)
  header.writeUInt32BE(COOKIE, 4)
  return Buffer.concat([header, transactionId])
}

function decode(packet: Buffer): Message {
  const attributes = new Map<number, Buffer>()
  for (let at = 20; at + 4 <= packet.length;) {
    const length = packet.readUInt16BE(at + 2)
    attributes.set(packet.readUInt16BE(at), packet.subarray(at + 4, at + 4 + length))
    at += 4 + Math.ceil(length / 4) * 4
  }
  return { isSuccess: (packet.readUInt16BE(0) & 0x0110) === 0x0100, attributes }
}

/** XOR-PEER-ADDRESS; the port says nothing for a permission. */
function encodeAddress(address: string, transactionId: Buffer): Buffer {
  const mask = Buffer.alloc(16)
  mask.writeUInt32BE(COOKIE, 0)
  transactionId.copy(mask, 4)
  const bytes = isIPv6(address) ? parseIPv6(address) : Buffer.from(address.split('.').map(Number))
  const masked = bytes.map((byte, index) => byte ^ (mask[index] ?? 0))
  return Buffer.concat([Buffer.from([0, bytes.length === 16 ? 2 : 1, 0, 0]), masked])
}

function parseIPv6(address: string): Buffer {
  const [head = '', tail] = address.split('::')
  const groups = (text: string): readonly string[] => (text === '' ? [] : text.split(':'))
  const left = groups(head)
  const right = tail === undefined ? [] : groups(tail)
  const all = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
  const bytes = Buffer.alloc(16)
  all.forEach((group, index) => bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2))
  return bytes
}

/** As much of a TURN client as it takes to ask what a server allows, over UDP on 127.0.0.1. */
export async function createTurnClient(
  port: number,
  { username, credential }: { readonly username: string; readonly credential: string },
): Promise<TurnClient> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  let realm = Buffer.alloc(0)
  let nonce = Buffer.alloc(0)

  async function exchange(
    method: number,
    attributesFor: (transactionId: Buffer) => readonly Buffer[],
  ): Promise<Message> {
    const transactionId = randomBytes(12)
    const parts = [...attributesFor(transactionId)]
    if (nonce.length > 0) {
      parts.push(encodeAttribute(attribute.username, Buffer.from(username)))
      parts.push(encodeAttribute(attribute.realm, realm), encodeAttribute(attribute.nonce, nonce))
      const key = createHash('md5').update(`${username}:${realm.toString()}:${credential}`).digest()
      const body = Buffer.concat(parts)
      const signed = Buffer.concat([encodeHeader(method, body.length + 24, transactionId), body])
      parts.push(encodeAttribute(attribute.integrity, createHmac('sha1', key).update(signed).digest()))
    }
    const body = Buffer.concat(parts)
    socket.send(Buffer.concat([encodeHeader(method, body.length, transactionId), body]), port, '127.0.0.1')
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
    const [packet]: readonly unknown[] = await once(socket, 'message', { signal })
    if (!Buffer.isBuffer(packet)) throw new Error('no packet came')
    return decode(packet)
  }

  async function ask(
    method: number,
    attributesFor: (transactionId: Buffer) => readonly Buffer[],
  ): Promise<TurnAnswer> {
    let answer = await exchange(method, attributesFor)
    const challenge = answer.attributes.get(attribute.nonce)
    // The first answer says by what to sign.
    if (!answer.isSuccess && nonce.length === 0 && challenge !== undefined) {
      nonce = Buffer.from(challenge)
      realm = Buffer.from(answer.attributes.get(attribute.realm) ?? '')
      answer = await exchange(method, attributesFor)
    }
    const code = answer.attributes.get(attribute.errorCode)
    return answer.isSuccess || code === undefined ? 'success' : (code[2] ?? 0) * 100 + (code[3] ?? 0)
  }

  return {
    allocate: (family = 'IPv4') =>
      ask(methods.allocate, () => [
        encodeAttribute(attribute.requestedTransport, Buffer.from([UDP, 0, 0, 0])),
        encodeAttribute(attribute.requestedFamily, Buffer.from([family === 'IPv4' ? 1 : 2, 0, 0, 0])),
      ]),
    permit: (address) =>
      ask(methods.createPermission, (transactionId) => [
        encodeAttribute(attribute.peerAddress, encodeAddress(address, transactionId)),
      ]),
    close: () => socket.close(),
  }
}
