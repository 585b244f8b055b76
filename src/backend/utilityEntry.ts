import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/*
 * The utility process's entry. What V8 compiled is kept in the data folder and saves the next start about half of its loading,
 * so the backend's code is imported only after the cache is on.
 *
 * SECURITY: kept code is not signed, and whoever writes the data folder could change it. They could already have PostgreSQL,
 * whose configuration lies there, run what they like in this very place. The main process, which holds the camera, has no
 * such cache.
 */

/** Written when the start is over, because a process that is killed writes nothing. */
const FLUSH_AFTER_MS = 5_000

const { values } = parseArgs({ options: { 'data-dir': { type: 'string' } }, strict: false })
const given = values['data-dir'] ?? process.env['STUDYHALL_DATA_DIR']
const dataDir = typeof given === 'string' && given !== '' ? given : null
if (dataDir !== null) enableCompileCache(join(dataDir, 'compiled'))

const { runUtility } = await import('./runUtility.ts')
await runUtility(dataDir, () => void setTimeout(flushCompileCache, FLUSH_AFTER_MS).unref())
