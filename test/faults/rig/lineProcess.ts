import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program that answers in lines. */
export interface LineProcess {
  readonly child: ChildProcess
  /** The next line that nobody has taken yet. Rejects when the program ends before. */
  nextLine(): Promise<string>
  /** Writes a line and takes the next one. */
  ask(line: string): Promise<string>
}

/** Starts a program; what it writes to its standard error goes to `say`. */
export function startLineProcess(
  command: readonly [string, ...string[]],
  options: { readonly env?: NodeJS.ProcessEnv; readonly say?: (text: string) => void } = {},
): LineProcess {
  const [program, ...args] = command
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: options.env ?? process.env })
  const lines: string[] = []
  const waiting: { resolve(line: string): void; reject(error: Error): void }[] = []
  let errors = ''
  let isOver = false
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4_000)
    options.say?.(text)
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const first = waiting.shift()
    if (first === undefined) lines.push(line)
    else first.resolve(line)
  })
  const failure = (): Error => new Error(`${args.at(0) ?? program} has ended: ${errors}`)
  child.on('close', () => {
    isOver = true
    for (const asked of waiting.splice(0)) asked.reject(failure())
  })
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)

  function nextLine(): Promise<string> {
    const line = lines.shift()
    if (line !== undefined) return Promise.resolve(line)
    if (isOver) return Promise.reject(failure())
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
  }
  return {
    child,
    nextLine,
    ask(line) {
      child.stdin.write(`${line}\n`)
      return nextLine()
    },
  }
}
