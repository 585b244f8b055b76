import { join } from 'node:path'
import { net, safeStorage } from 'electron'
import type { HostingReport } from '../../shared/backend/messages.ts'
import type { BackendConnection } from '../../shared/ipc/contract.ts'
import type { MainLog } from '../log/mainLog.ts'
import type { DataFolders } from '../profile/dataFolders.ts'
import { setTimer } from '../timer/setTimer.ts'
import { createBackendSupervisor } from './backendSupervisor.ts'
import { type BackendSwitch, createBackendSwitch } from './backendSwitch.ts'
import { forkBackend } from './forkBackend.ts'
import { chooseBackend } from './hostedBackend.ts'
import { probeHosted } from './probeHosted.ts'
import { readInvitePage } from './readInvitePage.ts'
import { openSavedBackend } from './savedBackend.ts'

/** The embedded backend under supervision, or a hosted one: by the environment, or as the person has saved it. */
export function openBackend(run: {
  readonly folders: DataFolders
  readonly log: MainLog
  readonly outFolder: string
  readonly onChanged: (connection: BackendConnection) => void
  readonly onHosting: (report: HostingReport) => void
}): BackendSwitch {
  const { folders, log, outFolder } = run
  const { STUDYHALL_SUPABASE_URL: url, STUDYHALL_SUPABASE_KEY: key, STUDYHALL_LIVEKIT_URL } = process.env
  const isFixed = Boolean(url?.trim()) || Boolean(key?.trim())
  const invitePage = readInvitePage(process.env, log)
  return createBackendSwitch({
    fixed: isFixed ? chooseBackend(process.env, invitePage) : null,
    saved: openSavedBackend(folders.profile, safeStorage, log),
    livekitUrl: STUDYHALL_LIVEKIT_URL?.trim() || null,
    invitePage,
    openEmbedded: (onChanged) =>
      createBackendSupervisor({
        fork: () =>
          forkBackend({
            entry: join(outFolder, 'main', 'backend.js'),
            dataFolder: folders.data,
          }),
        log,
        onChanged,
        onHosting: run.onHosting,
        nowMs: () => performance.now(),
        setTimer,
      }),
    // Electron's own, which goes through the proxy and trusts the certificates that the page does.
    probe: (hosted) => probeHosted(hosted, (address, init) => net.fetch(address, init)),
    onChanged: run.onChanged,
    log,
  })
}
