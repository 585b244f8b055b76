import { z } from 'zod'

/** The keys of the project that the function runs in. */
export interface ProjectKeys {
  /** Sent with calls in the name of a user. */
  readonly publishableKey: string
  /** For calls in the name of the service. */
  readonly secretKey: string
  /** Every key that a service may name itself by, each once; `secretKey` is among them. */
  readonly secretKeys: readonly string[]
}

const keysByNameSchema = z.record(z.string(), z.string().trim().min(1))

/**
 * Finds the project's keys in the variables that Supabase sets for a function: `SUPABASE_PUBLISHABLE_KEYS` and
 * `SUPABASE_SECRET_KEYS`, which are JSON objects of keys by name, then the same in the singular, then the older
 * `SUPABASE_ANON_KEY` and `SUPABASE_SERVICE_ROLE_KEY`, which are JWTs (https://supabase.com/docs/guides/functions/secrets).
 * A project has the newer and the older ones side by side, and may have several secret keys, so all of them are told; for
 * calls of its own the function takes the newest kind there is, and of several the one named `default`.
 *
 * @throws where there is no key of a kind: the function cannot serve without
 */
export function readProjectKeys(environment: Readonly<Record<string, string | undefined>>): ProjectKeys {
  const publishableKeys = readKeys(environment, [
    'SUPABASE_PUBLISHABLE_KEYS',
    'SUPABASE_PUBLISHABLE_KEY',
    'SUPABASE_ANON_KEY',
  ])
  const secretKeys = readKeys(environment, [
    'SUPABASE_SECRET_KEYS',
    'SUPABASE_SECRET_KEY',
    'SUPABASE_SERVICE_ROLE_KEY',
  ])
  return { publishableKey: publishableKeys[0], secretKey: secretKeys[0], secretKeys }
}

function readKeys(
  environment: Readonly<Record<string, string | undefined>>,
  [byName, ...single]: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  const keys = [
    ...readKeysByName(byName, environment[byName]),
    ...single.map((name) => environment[name]?.trim() ?? ''),
  ]
  const [first, ...others] = new Set(keys.filter((key) => key !== ''))
  if (first === undefined) throw new Error(`The function needs ${[byName, ...single].join(' or ')}.`)
  return [first, ...others]
}

/** The values of a JSON object of keys, the one named `default` first. */
function readKeysByName(variable: string, text: string | undefined): readonly string[] {
  if (text === undefined || text.trim() === '') return []
  try {
    const { default: usual, ...others } = keysByNameSchema.parse(JSON.parse(text))
    return [...(usual === undefined ? [] : [usual]), ...Object.values(others)]
  } catch {
    // SECURITY: neither the text nor the error, which quotes it.
    console.error(`api: ${variable} is no JSON object of keys by name; the other variables are used.`)
    return []
  }
}
