import { join } from 'node:path'
import { findLivekitBinary } from '../../src/backend/livekit/findLivekitBinary.ts'

const found = await findLivekitBinary({
  chosen: process.env['STUDYHALL_LIVEKIT_SERVER'],
  resourcesFolder: null,
  projectFolder: join(import.meta.dirname, '..', '..'),
})

/** The LiveKit server of this machine; null where there is none, and tests with it are skipped. */
export const livekitProgram = found.kind === 'found' ? found.program : null

/** Why they are skipped: what the build that `npm test` tries had to say, if it did. */
export const withoutLivekit =
  process.env['STUDYHALL_TEST_WITHOUT_LIVEKIT'] ??
  'no LiveKit server on this machine; npm run livekit builds one'
