// `npm run livekit`: builds the pinned LiveKit server once, for rooms of more than four on one's own machine.
import { access } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { findBuiltLivekit } from '../../src/backend/livekit/findLivekitBinary.ts'
import { compileLivekit, hasGo } from './compileLivekit.ts'

const projectRoot = fileURLToPath(new URL('../..', import.meta.url))
const minute = 60_000

/** Builds unless it is there. @returns a sentence for a person, and whether there is a server now */
async function buildLivekit(): Promise<{ readonly isThere: boolean; readonly sentence: string }> {
  const built = await findBuiltLivekit(projectRoot)
  if (built === null) return { isThere: false, sentence: 'tools/livekit/go.mod names no version of LiveKit.' }
  const { version, program: binary } = built
  try {
    await access(binary)
    return { isThere: true, sentence: `LiveKit ${version} is there: ${binary}` }
  } catch {
    // Not built yet.
  }
  if (!(await hasGo())) {
    return {
      isThere: false,
      sentence:
        'LiveKit was not built: there is no Go compiler here (https://go.dev/dl). Nothing else needs it.',
    }
  }
  console.log(`Building LiveKit ${version}. The first time this takes minutes.`)
  const startedAtMs = performance.now()
  if (!(await compileLivekit(binary))) {
    return {
      isThere: false,
      sentence: 'LiveKit was not built: see above. Without a network, Go cannot load its modules.',
    }
  }
  const minutes = ((performance.now() - startedAtMs) / minute).toFixed(1)
  return { isThere: true, sentence: `Built LiveKit ${version} in ${minutes} minutes: ${binary}` }
}

const { isThere, sentence } = await buildLivekit()
console.log(sentence)
process.exitCode = isThere ? 0 : 1
