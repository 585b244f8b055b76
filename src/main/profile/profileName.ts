import { err, ok, type Result } from '../../shared/result.ts'

export const defaultProfile = 'default'

/** Names that Windows keeps for devices; a folder cannot bear them. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/

export interface ProfileNameFailure {
  readonly kind: 'invalid_profile'
  readonly message: string
}

/**
 * The profile's name, which is also its folder's: 1 to 32 letters, digits, `-` or `_`, beginning with a letter or digit.
 * Capitals are folded, because two profiles must not share a folder where the file system does not tell them apart.
 */
export function parseProfileName(text: string): Result<string, ProfileNameFailure> {
  const name = text.toLowerCase()
  // SECURITY: nothing that means something in a path (`.`, `/`, `\`, `:`) passes.
  if (/^[a-z0-9][a-z0-9_-]{0,31}$/.test(name) && !reserved.test(name)) return ok(name)
  return err({
    kind: 'invalid_profile',
    message: `"${text.slice(0, 40)}" cannot be a profile's name. Use up to 32 letters, digits, - or _, for example: --profile second`,
  })
}

/** The profile that the command line asks for: `--profile NAME` or `--profile=NAME`, the default one without. */
export function profileFromArguments(argv: readonly string[]): Result<string, ProfileNameFailure> {
  const at = argv.findLastIndex((argument) => argument === '--profile' || argument.startsWith('--profile='))
  const given = argv[at]
  if (given === undefined) return ok(defaultProfile)
  const name = given === '--profile' ? (argv[at + 1] ?? '') : given.slice('--profile='.length)
  return parseProfileName(name.startsWith('--') ? '' : name)
}
