import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

export const projectFolder = join(import.meta.dirname, '..', '..')

const cliPath = join(projectFolder, 'node_modules', 'supabase', 'dist', 'supabase.js')

/** What a command of the Supabase CLI came to. */
export interface CliOutcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs the project's Supabase CLI. It keeps its state in a temporary folder, and neither sends telemetry nor looks for
 * a newer version of itself.
 */
export async function runSupabase(...parameters: readonly string[]): Promise<CliOutcome> {
  const home = await mkdtemp(join(tmpdir(), 'studyhall-supabase-'))
  try {
    return await run(process.execPath, [cliPath, ...parameters, '--workdir', projectFolder], {
      ...process.env,
      SUPABASE_HOME: home,
      SUPABASE_TELEMETRY_DISABLED: '1',
      DO_NOT_TRACK: '1',
      SUPABASE_NO_UPDATE_NOTIFIER: '1',
      // PostgreSQL on this machine speaks without TLS.
      PGSSLMODE: 'disable',
    })
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** Runs a program to its end, without a shell. */
export async function run(
  command: string,
  parameters: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<CliOutcome> {
  return await new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (exitCode) => {
      resolve({
        exitCode: exitCode ?? 1,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      })
    })
  })
}
