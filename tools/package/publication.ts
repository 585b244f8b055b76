import { err, ok, type Result } from '../../src/shared/result.ts'

/** Where installed apps look for updates; null where they have nowhere to look. */
export type Publication =
  | { readonly provider: 'generic'; readonly url: string }
  | { readonly provider: 'github'; readonly owner: string; readonly repo: string }

type Environment = Readonly<Record<string, string | undefined>>

/** Reads `STUDYHALL_UPDATE_URL` or `STUDYHALL_UPDATE_GITHUB`; the error is a sentence. */
export function readPublication(environment: Environment): Result<Publication | null, string> {
  const url = environment['STUDYHALL_UPDATE_URL']?.trim() ?? ''
  const github = environment['STUDYHALL_UPDATE_GITHUB']?.trim() ?? ''
  if (url !== '' && github !== '')
    return err('Set STUDYHALL_UPDATE_URL or STUDYHALL_UPDATE_GITHUB, not both.')
  if (url !== '') {
    // SECURITY: an update is a program that people run.
    return URL.canParse(url) && new URL(url).protocol === 'https:'
      ? ok({ provider: 'generic', url })
      : err('STUDYHALL_UPDATE_URL must be an https address.')
  }
  if (github === '') return ok(null)
  const match = /^(?<owner>[\w.-]+)\/(?<repo>[\w.-]+)$/.exec(github)?.groups
  return match === undefined
    ? err('STUDYHALL_UPDATE_GITHUB must be owner/name.')
    : ok({ provider: 'github', owner: match['owner'] ?? '', repo: match['repo'] ?? '' })
}

const appleKey = ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'] as const
const appleId = ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'] as const

/** Whether Apple is asked to notarise: with one set of credentials whole. A set begun and not ended is an error. */
export function readNotarisation(environment: Environment): Result<boolean, string> {
  const sets = [appleKey, appleId].map((names) => ({
    names,
    absent: names.filter((name) => (environment[name] ?? '') === ''),
  }))
  if (sets.some(({ absent }) => absent.length === 0)) return ok(true)
  const begun = sets.find(({ names, absent }) => absent.length < names.length)
  return begun === undefined ? ok(false) : err(`Notarisation needs ${begun.absent.join(' and ')} as well.`)
}
