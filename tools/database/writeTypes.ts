// `npm run db:types`: writes the types of the database as the migrations make it.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import process from 'node:process'
import { startTestBackend } from '../../test/support/backend.ts'
import { generatedTypesPath, generateTypes } from './generatedTypes.ts'

const backend = await startTestBackend()
try {
  await mkdir(dirname(generatedTypesPath), { recursive: true })
  await writeFile(generatedTypesPath, await generateTypes(backend.databaseUrl))
  process.stdout.write(`wrote ${generatedTypesPath}\n`)
} finally {
  await backend.stop()
}
