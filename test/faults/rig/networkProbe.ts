// `node networkProbe.ts echo PORT`, `… ask HOST PORT COUNT INTERVAL_MS` or `… stream HOST PORT SECONDS`: runs inside a
// namespace and measures what the link does. Prints one line of JSON.
import { createSocket } from 'node:dgram'
import { connect, createServer } from 'node:net'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'

/** Answers every datagram, and swallows every stream, telling at its end how many bytes came in how many seconds. */
function echo(port: number): void {
  const socket = createSocket('udp4')
  socket.on('message', (message, from) => socket.send(message, from.port, from.address))
  socket.bind(port)
  createServer({ allowHalfOpen: true }, (stream) => {
    let bytes = 0
    let firstAtMs = 0
    let lastAtMs = 0
    stream.on('data', (chunk: Buffer) => {
      lastAtMs = performance.now()
      if (bytes === 0) firstAtMs = lastAtMs
      bytes += chunk.length
    })
    stream.on('end', () => stream.end(JSON.stringify({ bytes, seconds: (lastAtMs - firstAtMs) / 1000 })))
    stream.on('error', () => stream.destroy())
  }).listen(port, () => print({ ready: true }))
}

async function ask(host: string, port: number, count: number, intervalMs: number): Promise<void> {
  const socket = createSocket('udp4')
  const sentAtMs = new Map<number, number>()
  const roundTripsMs: number[] = []
  socket.on('message', (message) => {
    const sentAt = sentAtMs.get(message.readUInt32BE(0))
    if (sentAt !== undefined) roundTripsMs.push(performance.now() - sentAt)
  })
  for (let index = 0; index < count; index += 1) {
    const message = Buffer.alloc(200)
    message.writeUInt32BE(index)
    sentAtMs.set(index, performance.now())
    socket.send(message, port, host)
    await sleep(intervalMs)
  }
  await sleep(1_000)
  socket.close()
  print({ sent: count, roundTripsMs })
}

async function stream(host: string, port: number, seconds: number): Promise<void> {
  const socket = connect({ host, port })
  const chunk = Buffer.alloc(16_384)
  const untilMs = performance.now() + seconds * 1000
  let answer = ''
  socket.on('data', (data: Buffer) => (answer += data.toString()))
  socket.on('error', (error) => print({ error: error.message }))
  while (performance.now() < untilMs) {
    if (socket.write(chunk)) await sleep(0)
    else await new Promise((resolve) => socket.once('drain', resolve))
  }
  socket.end()
  await new Promise((resolve) => socket.once('close', resolve))
  process.stdout.write(`${answer}\n`)
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

const [kind, host = '', ...numbers] = process.argv.slice(2)
const [port = 0, amount = 0, intervalMs = 0] = numbers.map(Number)
if (kind === 'echo') echo(Number(host))
else if (kind === 'ask') await ask(host, port, amount, intervalMs)
else if (kind === 'stream') await stream(host, port, amount)
