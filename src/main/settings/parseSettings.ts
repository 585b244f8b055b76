import { defaultSettings, type Settings, settingsSchema } from '../../shared/settings/settings.ts'

/** What a settings file turned out to be. */
export type ParsedSettings =
  | { readonly kind: 'valid'; readonly settings: Settings; readonly migrated: boolean }
  | { readonly kind: 'corrupt' }
  | { readonly kind: 'newer'; readonly version: number }

/** Turns the content of version N into one of version N + 1; the entry's key is N. */
type Migration = (content: Readonly<Record<string, unknown>>) => Record<string, unknown>

const migrations: Readonly<Record<number, Migration>> = {
  // Version 2 only adds: what is new starts with its default.
  1: (content) => ({ ...content }),
}

/** Reads a settings file of this version or an older one. Pure; `migrations` and `current` are given by tests only. */
export function parseSettings(
  text: string,
  steps: Readonly<Record<number, Migration>> = migrations,
  current: number = defaultSettings.version,
): ParsedSettings {
  let content = readObject(text)
  if (content === null) return { kind: 'corrupt' }
  const found = content.version
  if (typeof found !== 'number' || !Number.isInteger(found) || found < 1) return { kind: 'corrupt' }
  if (found > current) return { kind: 'newer', version: found }
  for (let version = found; version < current; version += 1) {
    const step = steps[version]
    if (step === undefined) return { kind: 'corrupt' }
    content = { ...step(content), version: version + 1 }
  }
  // A setting added within a version is absent from older files and starts with its default.
  const parsed = settingsSchema.safeParse({
    ...defaultSettings,
    ...content,
    version: defaultSettings.version,
  })
  return parsed.success
    ? { kind: 'valid', settings: parsed.data, migrated: found < current }
    : { kind: 'corrupt' }
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
