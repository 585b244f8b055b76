import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

/** What the first instance is told of a second one. */
export interface SecondInstance {
  readonly argv: string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

/**
 * One instance a userData folder: the first listens on a local socket named after the folder, and a second one tells it
 * through that socket what it was started with. A socket that nobody answers was left by a crash and is taken over.
 */
export class SingleInstance {
  #server: Server | null = null
  #address: string | null = null

  get held(): boolean {
    return this.#server !== null
  }

  /** True when this is the first instance. Synchronous, as Electron's is; asks the other instance for two seconds at most. */
  request(folder: string, additionalData: unknown, onSecond: (second: SecondInstance) => void): boolean {
    if (this.#server !== null) return true
    const address = addressOf(folder)
    const second = { argv: process.argv, workingDirectory: process.cwd(), additionalData }
    mkdirSync(folder, { recursive: true })
    if (deliver(address, JSON.stringify(second))) return false
    if (process.platform !== 'win32') rmSync(address, { force: true })
    this.#address = address
    this.#server = createServer((socket) => {
      let text = ''
      socket.setEncoding('utf8')
      socket.on('error', () => undefined)
      socket.on('data', (chunk: string) => {
        text += chunk
        if (!text.endsWith('\n')) return
        socket.end('ok')
        onSecond(JSON.parse(text) as SecondInstance)
      })
    })
    this.#server.on('error', (error) =>
      console.error('[chromium-runtime] single-instance socket:', error.message),
    )
    this.#server.listen(address)
    this.#server.unref()
    return true
  }

  release(): void {
    this.#server?.close()
    this.#server = null
    if (this.#address !== null && process.platform !== 'win32') rmSync(this.#address, { force: true })
    this.#address = null
  }
}

function addressOf(folder: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return String.raw`\\.\pipe\electron-${name}`
  const inFolder = join(folder, 'SingleInstance')
  // A socket's path may have about 100 bytes.
  return Buffer.byteLength(inFolder) < 100 ? inFolder : join(tmpdir(), `electron-${name}.sock`)
}

const answered = 1
const refused = 2

/** Sends to whoever listens at the address; false when nobody does. Blocks this thread, while a worker does the talking. */
function deliver(address: string, text: string): boolean {
  if (process.platform !== 'win32' && !existsSync(address)) return false
  const state = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(
    `const { workerData } = require('node:worker_threads')
     const settle = (value) => { Atomics.store(workerData.state, 0, value); Atomics.notify(workerData.state, 0) }
     const socket = require('node:net').connect(workerData.address)
     socket.on('connect', () => socket.write(workerData.text + '\\n'))
     socket.on('data', () => settle(${answered}))
     socket.on('error', () => settle(${refused}))`,
    { eval: true, execArgv: [], workerData: { state, address, text } },
  )
  Atomics.wait(state, 0, 0, 2000)
  void worker.terminate()
  // No answer in time: somebody holds the socket but is busy. That is an instance all the same.
  return Atomics.load(state, 0) !== refused
}
