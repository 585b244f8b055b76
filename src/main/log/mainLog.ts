import { appendFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The main process's log. Nothing secret may be written: no keys, no session, no message of a person. */
export interface MainLog {
  readonly info: (text: string) => void
  readonly warn: (text: string) => void
  readonly error: (text: string) => void
}

const maximumBytes = 1_000_000

/**
 * Writes to stderr and to `main.log` in the folder; a file grown over 1 MB becomes `main.old.log` at the next start. A log
 * that cannot be written never stops the app.
 */
export function createMainLog(folder: string, now: () => Date = () => new Date()): MainLog {
  const file = join(folder, 'main.log')
  try {
    if (statSync(file).size > maximumBytes) renameSync(file, join(folder, 'main.old.log'))
  } catch {
    // There is no log yet.
  }
  const write = (level: string, text: string): void => {
    const line = `${now().toISOString()} ${level} ${redactSecrets(text)}\n`
    process.stderr.write(line)
    try {
      appendFileSync(file, line, { mode: 0o600 })
    } catch {
      // The disk is full or the folder is gone; stderr has the line.
    }
  }
  return {
    info: (text) => write('info', text),
    warn: (text) => write('warn', text),
    error: (text) => write('error', text),
  }
}

/** SECURITY: a last net for what must never be written: JSON web tokens, Supabase keys, passwords in URLs. */
export function redactSecrets(text: string): string {
  return text
    .replaceAll(/eyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '[token]')
    .replaceAll(/sb_(secret|publishable)_[\w-]+/g, '[key]')
    .replaceAll(/(\w+:\/\/[^\s/:@]+):[^\s/@]+@/g, '$1:[password]@')
}
