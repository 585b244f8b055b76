import { chmod, cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDebianPackages } from '../debian/prepareDebianPackages.ts'

const EXTENSION_FOLDER = join('usr', 'share', 'postgresql', '15', 'extension')

/**
 * A folder for PostgreSQL's `extension_control_path` that holds pgTAP, readable by any user; null where it is not
 * installed and cannot be got. The caller removes the folder.
 */
export async function preparePgTap(say: (line: string) => void): Promise<string | null> {
  const root = await prepareDebianPackages(
    {
      name: 'pgtap',
      // pgTAP is SQL alone, so that the one for PostgreSQL 15 serves every later version.
      packages: ['postgresql-15-pgtap'],
      file: join(EXTENSION_FOLDER, 'pgtap.control'),
    },
    say,
  )
  if (root === null) return null
  // PostgreSQL may run under another user, who need not be able to read the project's folder.
  const copy = await mkdtemp(join(tmpdir(), 'studyhall-pgtap-'))
  await chmod(copy, 0o755)
  await cp(join(root, EXTENSION_FOLDER), join(copy, 'extension'), {
    recursive: true,
    filter: (source) => !/\.(?:control|sql)$/.test(source) || /pgtap[^/\\]*$/.test(source),
  })
  return copy
}
