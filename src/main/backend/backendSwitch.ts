import type { HostedProblem, UseBackendOutcome } from '../../shared/backend/hostedOutcome.ts'
import type { BackendConnection } from '../../shared/ipc/contract.ts'
import type { BackendChoiceSnapshot } from '../../shared/ipc/settingsPanel.ts'
import type { Result } from '../../shared/result.ts'
import type { MainLog } from '../log/mainLog.ts'
import type { BackendSupervisor } from './backendSupervisor.ts'
import { type BackendChoice, connectionTo, type HostedBackendFailure } from './hostedBackend.ts'
import { type HostedAddress, judgeHosted } from './judgeHosted.ts'
import type { SavedBackendStore } from './savedBackend.ts'

/** What a person may turn to. */
export type WantedBackend =
  { readonly kind: 'embedded' } | { readonly kind: 'hosted'; readonly url: string; readonly key: string }

/** The backend of this run, which a person can change for another. */
export interface BackendSwitch extends BackendSupervisor {
  readonly choice: () => BackendChoiceSnapshot
  /**
   * Tests, saves and turns to another backend; the page is to be loaded anew after `used`, because what it may connect to is
   * settled when it is loaded. Never rejects.
   */
  readonly use: (wanted: WantedBackend) => Promise<UseBackendOutcome>
  /** Turns to the backend of somebody nearby, without keeping it: the next start is at home again. Null: back home. */
  readonly visit: (host: ReadyConnection | null) => void
}

type ReadyConnection = Extract<BackendConnection, { kind: 'ready' }>

interface Dependencies {
  /** What the environment says; null when it leaves the choice to the person. */
  readonly fixed: Result<BackendChoice, HostedBackendFailure> | null
  readonly saved: SavedBackendStore
  /** The media server that the environment names, if any. */
  readonly livekitUrl: string | null
  /** The page that invitations go over, if the environment names one. */
  readonly invitePage: string | null
  readonly openEmbedded: (onChanged: (connection: BackendConnection) => void) => BackendSupervisor
  readonly probe: (hosted: HostedAddress) => Promise<HostedProblem | null>
  readonly onChanged: (connection: BackendConnection) => void
  readonly log: MainLog
}

/** Opens the backend that the environment names or the person has saved; without either the embedded one. */
export function createBackendSwitch(deps: Dependencies): BackendSwitch {
  const { saved, log } = deps
  let choice: BackendChoiceSnapshot
  let current: BackendSupervisor
  /** Those that were turned away from and may not have ended yet. */
  const ending: Promise<void>[] = []
  let last: Promise<unknown> = Promise.resolve()
  let isVisiting = false

  function openEmbedded(): BackendSupervisor {
    const supervisor = deps.openEmbedded((connection) => {
      if (supervisor === current) deps.onChanged(connection)
    })
    return supervisor
  }

  function openHosted(hosted: HostedAddress): BackendSupervisor {
    log.info(`backend: hosted at ${hosted.url}`)
    return fixedBackend(connectionTo(hosted, deps))
  }

  function openFixed(fixed: NonNullable<Dependencies['fixed']>): BackendSupervisor {
    if (!fixed.ok) {
      log.error(`backend: ${fixed.error.message}`)
      choice = { kind: 'hosted', url: null, isFixed: true }
      return fixedBackend({ kind: 'failed', failure: fixed.error })
    }
    if (fixed.value.kind === 'embedded') {
      choice = { kind: 'embedded', url: null, isFixed: true }
      return openEmbedded()
    }
    const { connection } = fixed.value
    log.info(`backend: hosted at ${connection.url}`)
    choice = { kind: 'hosted', url: connection.url, isFixed: true }
    return fixedBackend(connection)
  }

  function openSaved(): BackendSupervisor {
    const found = saved.load()
    switch (found.kind) {
      case 'embedded':
        choice = { kind: 'embedded', url: null, isFixed: false }
        return openEmbedded()
      case 'hosted':
        choice = { kind: 'hosted', url: found.address.url, isFixed: false }
        return openHosted(found.address)
      case 'unreadable':
        choice = { kind: 'hosted', url: found.url, isFixed: false }
        return fixedBackend({
          kind: 'failed',
          failure: {
            kind: 'saved_key_unreadable',
            message:
              'The key of your Supabase can no longer be read on this computer. Give it again in the settings, under Backend.',
          },
        })
    }
  }

  choice = { kind: 'embedded', url: null, isFixed: false }
  current = deps.fixed === null ? openSaved() : openFixed(deps.fixed)

  /** The new one first: the old one takes a moment to end, and quitting waits for it. */
  function replace(next: BackendSupervisor): void {
    const before = current
    current = next
    ending.push(before.stop())
    next.start()
  }

  async function turnTo(wanted: WantedBackend): Promise<UseBackendOutcome> {
    if (choice.isFixed) return 'fixed'
    if (isVisiting) return 'guest'
    if (wanted.kind === 'embedded') {
      if (choice.kind === 'embedded') return 'used'
      if (!isSaved(null)) return 'not_saved'
      choice = { kind: 'embedded', url: null, isFixed: false }
      replace(openEmbedded())
      return 'used'
    }
    const judged = judgeHosted(wanted.url, wanted.key)
    if (!judged.ok) return judged.error
    const problem = await deps.probe(judged.value)
    if (problem !== null) return problem
    if (!isSaved(judged.value)) return 'not_saved'
    choice = { kind: 'hosted', url: judged.value.url, isFixed: false }
    replace(openHosted(judged.value))
    return 'used'
  }

  function isSaved(hosted: HostedAddress | null): boolean {
    try {
      saved.save(hosted)
      return true
    } catch {
      log.error('backend: the choice could not be saved')
      return false
    }
  }

  return {
    connection: () => current.connection(),
    start: () => current.start(),
    retry: () => current.retry(),
    askHosting: (command) => current.askHosting(command),
    visit: (host) => {
      if (host === null && !isVisiting) return
      isVisiting = host !== null
      if (host === null) {
        log.info('backend: at home again')
        replace(deps.fixed === null ? openSaved() : openFixed(deps.fixed))
      } else {
        log.info('backend: the guest of somebody nearby')
        replace(fixedBackend(host))
      }
      deps.onChanged(current.connection())
    },
    stop: async () => {
      await Promise.all([...ending, current.stop()])
    },
    choice: () => choice,
    use: (wanted) => {
      const next = last.then(() => turnTo(wanted))
      last = next
      return next
    },
  }
}

/** One that is elsewhere, or a failure that no retry mends. */
function fixedBackend(connection: BackendConnection): BackendSupervisor {
  return {
    connection: () => connection,
    start: () => undefined,
    retry: () => connection,
    askHosting: () => false,
    stop: () => Promise.resolve(),
  }
}
