import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { runCommand } from './runCommand.ts'

const projectFolder = join(import.meta.dirname, '..', '..', '..')
const sourceFolder = join(projectFolder, 'tools', 'faultLink')

/** What one line, a port's way up to the network or down from it, does to packets. Whatever is left out it does not do. */
export interface Shape {
  readonly delayMs?: number
  /** Each packet is this much earlier or later at most; order is kept. */
  readonly jitterMs?: number
  /** Each packet vanishes by this chance, 0 to 1. */
  readonly lossRatio?: number
  readonly rateBps?: number
  /** How much may wait for a slow line before packets are dropped. Default: 300. */
  readonly queueMs?: number
  readonly isCut?: boolean
}

/** Packets that do not get from one port to another; a port left out is every port. */
export interface BlockRule {
  readonly protocol: 'udp' | 'tcp' | 'any'
  readonly from?: string
  readonly to?: string
}

const lineCountersSchema = z.object({ packets: z.number(), bytes: z.number(), dropped: z.number() })
const portCountersSchema = z.object({ up: lineCountersSchema, down: lineCountersSchema })
export type PortCounters = z.infer<typeof portCountersSchema>
const answerSchema = z.object({
  id: z.number(),
  error: z.string().optional(),
  port: z.number().optional(),
  counters: z.record(z.string(), portCountersSchema).optional(),
})
type Answer = z.infer<typeof answerSchema>

/** The running link. Ends with this process, however that ends. */
export interface FaultLink {
  addPort(port: {
    readonly port: string
    readonly namespace: string
    readonly device: string
    readonly prefix: string
  }): Promise<void>
  /** Replaces what the line did before. */
  shape(port: string, direction: 'up' | 'down' | 'both', shape: Shape): Promise<void>
  /** Replaces all rules. */
  block(rules: readonly BlockRule[]): Promise<void>
  counters(): Promise<Readonly<Record<string, PortCounters>>>
  /** A port of this machine's loopback that leads to `host:port` inside the namespace. */
  forward(namespace: string, target: string): Promise<number>
  close(): Promise<void>
}

/** The program's path, built when its sources have changed. Rejects with the compiler's words. */
async function buildFaultLink(): Promise<string> {
  const names = (await readdir(sourceFolder)).filter((name) => /\.(?:go|mod)$/.test(name)).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(sourceFolder, name), 'utf8')))
  const version = createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 16)
  const folder = join(projectFolder, 'node_modules', '.cache', 'faultLink')
  const binary = join(folder, version)
  if (existsSync(binary)) return binary
  await mkdir(folder, { recursive: true })
  const unfinished = `${binary}.${process.pid}`
  await runCommand('go', ['build', '-C', sourceFolder, '-o', unfinished, '.'])
  await rename(unfinished, binary)
  return binary
}

export async function startFaultLink(): Promise<FaultLink> {
  const child = spawn(await buildFaultLink(), { stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>()
  let lastId = 0
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      for (const asked of waiting.values()) asked.reject(new Error('the link has ended'))
      resolve()
    })
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = answerSchema.parse(JSON.parse(line))
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.error === undefined) asked?.resolve(answer)
    else asked?.reject(new Error(`faultLink: ${answer.error}`))
  })

  function ask(command: object): Promise<Answer> {
    const id = ++lastId
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      child.stdin.write(`${JSON.stringify({ ...command, id })}\n`)
    })
  }

  return {
    addPort: async (port) => void (await ask({ do: 'addPort', ...port })),
    shape: async (port, direction, shape) => void (await ask({ do: 'shape', port, direction, shape })),
    block: async (rules) => void (await ask({ do: 'block', rules })),
    counters: async () => (await ask({ do: 'counters' })).counters ?? {},
    async forward(namespace, target) {
      const { port } = await ask({ do: 'forward', namespace, target })
      if (port === undefined) throw new Error('faultLink named no port')
      return port
    },
    async close() {
      child.stdin.end()
      await ended
    },
  }
}
