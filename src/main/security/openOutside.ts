import type { Shell } from 'electron'
import { isOutsideAddress } from '../../shared/links/outsideAddress.ts'

/**
 * SECURITY: the one way by which an address that somebody wrote gets to the system, which would run a program for `file:` or for a
 * scheme of its own. The contract refuses what is not https before; this holds whoever calls. Rejects when it is refused or
 * nothing opens it.
 */
export async function openOutside(url: string, shell: Pick<Shell, 'openExternal'>): Promise<void> {
  if (!isOutsideAddress(url)) throw new Error('only https addresses are opened outside')
  await shell.openExternal(url)
}
