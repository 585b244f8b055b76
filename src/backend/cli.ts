import { parseArgs } from 'node:util'
import type { Result } from '../shared/result.ts'
import { ok } from '../shared/result.ts'
import { fail, type BackendFailure } from './backendFailure.ts'
import { startBackend } from './startBackend.ts'

const usage = `Usage: npm run backend -- --data-dir DIR [--port N]

Runs Studyhall's embedded backend. When it is ready it prints one line of JSON: url, publishableKey, secretKey,
databaseUrl, livekitUrl. SIGTERM or Ctrl-C stops it.

  --data-dir DIR               where it keeps its data (or STUDYHALL_DATA_DIR)
  --port N                     listen on this port (default: that of the last run, or a free one)
  --extension-control-path DIR where PostgreSQL finds further extensions; for tests
  --help                       this text
`

type Arguments =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'run'
      readonly dataDir: string
      readonly port: number | undefined
      readonly extensionControlPath: string | undefined
    }

function parsePort(text: string | undefined): Result<number | undefined, BackendFailure> {
  if (text === undefined) return ok(undefined)
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port >= 1 && port <= 65_535) return ok(port)
  return fail('invalid-options', `--port must be a number from 1 to 65535, not "${text}".`)
}

/** Understands the command line. */
export function parseArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Result<Arguments, BackendFailure> {
  let values
  try {
    ;({ values } = parseArgs({
      args: [...argv],
      options: {
        'data-dir': { type: 'string' },
        port: { type: 'string' },
        'extension-control-path': { type: 'string' },
        help: { type: 'boolean' },
      },
    }))
  } catch (error) {
    return fail('invalid-options', `${error instanceof Error ? error.message : String(error)} See --help.`)
  }
  if (values.help === true) return ok({ kind: 'help' })
  const port = parsePort(values.port)
  if (!port.ok) return port
  const dataDir = values['data-dir'] ?? environment['STUDYHALL_DATA_DIR'] ?? ''
  if (dataDir === '') {
    return fail(
      'invalid-options',
      'Say where the data goes: --data-dir DIR, or STUDYHALL_DATA_DIR. See --help.',
    )
  }
  return ok({
    kind: 'run',
    dataDir,
    port: port.value,
    extensionControlPath: values['extension-control-path'],
  })
}

function exitWith(failure: BackendFailure): void {
  process.stderr.write(`${failure.message}\n`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const parsed = parseArguments(process.argv.slice(2), process.env)
  if (!parsed.ok) return exitWith(parsed.error)
  if (parsed.value.kind === 'help') return void process.stdout.write(usage)
  const stopAsked = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve())
  })
  const { dataDir, port, extensionControlPath } = parsed.value
  let lost: (failure: BackendFailure) => void = () => {}
  const failed = new Promise<BackendFailure>((resolve) => (lost = resolve))
  const backend = await startBackend({ dataDir, port, extensionControlPath, livekit: 'auto', onLost: lost })
  if (!backend.ok) return exitWith(backend.error)
  process.stdout.write(`${JSON.stringify(backend.value.connection())}\n`)
  const failure = await Promise.race([stopAsked, failed])
  await backend.value.stop()
  if (failure !== undefined) exitWith(failure)
}

if (import.meta.main) await main()
