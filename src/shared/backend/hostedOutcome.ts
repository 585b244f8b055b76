import { z } from 'zod'

/**
 * Why an address and a key are not those of a hosted Supabase that Studyhall can use. The first group is seen at once; `unreachable`
 * and what follows is what asking the server has shown.
 */
export const hostedProblemSchema = z.enum([
  'url_missing',
  'not_an_address',
  'has_credentials',
  'insecure',
  'not_https',
  'has_path',
  'key_missing',
  'secret_key',
  'not_a_key',
  'unreachable',
  'no_supabase',
  'key_refused',
  'no_schema',
  'no_api',
])

export type HostedProblem = z.infer<typeof hostedProblemSchema>

/**
 * What became of the wish to use another backend. `fixed`: the environment decides; `not_saved`: the disk refused; `guest`: one is the
 * guest of somebody nearby.
 */
export const useBackendOutcomeSchema = z.enum([
  'used',
  'fixed',
  'not_saved',
  'guest',
  ...hostedProblemSchema.options,
])
export type UseBackendOutcome = z.infer<typeof useBackendOutcomeSchema>
