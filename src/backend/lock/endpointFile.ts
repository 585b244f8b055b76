import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { writeFileAtomically } from '../folder/writeFileAtomically.ts'

const endpointSchema = z.object({
  instanceId: z.string(),
  /** A new one for every start. */
  runId: z.string(),
  port: z.number().int().min(1).max(65_535),
  databasePort: z.number().int().min(1).max(65_535),
  livekitUrl: z.string().nullable(),
})

/** Where the backend of a data folder listens. Kept after a stop, so that the next start takes the same ports. */
export type Endpoint = z.infer<typeof endpointSchema>

/** The endpoint of this or the last run; `null` when there is none or it cannot be understood. */
export async function readEndpoint(path: string): Promise<Endpoint | null> {
  try {
    const parsed = endpointSchema.safeParse(JSON.parse(await readFile(path, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    // Missing or damaged: it only remembers ports, and new ones are found.
    return null
  }
}

/** Publishes the endpoint to guests and to the next start. */
export async function writeEndpoint(path: string, endpoint: Endpoint): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(endpoint, null, 2)}\n`, 0o600)
}
