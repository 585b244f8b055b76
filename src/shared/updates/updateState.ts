import { z } from 'zod'

/**
 * What is known of a newer Studyhall. `off`: this copy does not update itself (it was not installed, or was packaged without a
 * place to look). `held`: there is one, and it waits until no call is on. `ready`: downloaded; installed at the next quit,
 * or at once if the person says so. `waiting`: nothing newer, as far as is known; `lastProblem` is why the last look or
 * download did not work, for a person, null when it did.
 */
export const updateStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off') }),
  z.strictObject({ kind: z.literal('waiting'), lastProblem: z.string().nullable() }),
  z.strictObject({ kind: z.literal('checking') }),
  z.strictObject({ kind: z.literal('held'), version: z.string() }),
  z.strictObject({ kind: z.literal('downloading'), version: z.string() }),
  z.strictObject({ kind: z.literal('ready'), version: z.string() }),
  z.strictObject({ kind: z.literal('restarting'), version: z.string() }),
])

export type UpdateState = Readonly<z.infer<typeof updateStateSchema>>

/** Which releases are taken: those meant for everybody, or also those to be tried out first. */
export type UpdateChannel = 'stable' | 'beta'
