import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { type PersonTraces, redactPerson } from './redactPerson.ts'

const LINE_COUNT = 60
/** Enough for that many lines, and never the whole of a long log. */
const TAIL_BYTES = 16_384

/** The last lines of the main process's log, redacted; none when there is no log. */
export async function readLogTail(logs: string, traces: PersonTraces): Promise<readonly string[]> {
  try {
    await using file = await open(join(logs, 'main.log'), 'r')
    const { size } = await file.stat()
    const start = Math.max(0, size - TAIL_BYTES)
    const buffer = Buffer.alloc(size - start)
    await file.read(buffer, 0, buffer.length, start)
    const lines = buffer
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
    // The first may have been cut in two.
    const whole = start === 0 ? lines : lines.slice(1)
    return whole.slice(-LINE_COUNT).map((line) => redactPerson(line, traces))
  } catch {
    return []
  }
}
