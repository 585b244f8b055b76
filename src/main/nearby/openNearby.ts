import type { HostingReport } from '../../shared/backend/messages.ts'
import type { BackendConnection } from '../../shared/ipc/contract.ts'
import type { NearbyState } from '../../shared/nearby/nearbyState.ts'
import { ok } from '../../shared/result.ts'
import type { BackendSwitch } from '../backend/backendSwitch.ts'
import type { Answers } from '../ipc/createIpcHandler.ts'
import type { MainLog } from '../log/mainLog.ts'
import { setTimer } from '../timer/setTimer.ts'
import { createGuest } from './createGuest.ts'
import { createHost } from './createHost.ts'
import { findHost } from './dialHost.ts'
import { listenToHost } from './listenToHost.ts'
import { openTunnel } from './openTunnel.ts'
import { createLoadReader } from './readCarriedLoad.ts'

type NearbyRequest = Extract<keyof Answers, `nearby:${string}`>

/** Study with your network: hosting for people nearby, and being the guest of somebody who does. */
export interface Nearby {
  readonly answers: Pick<Answers, NearbyRequest>
  readonly handleReport: (report: HostingReport) => void
  readonly handleConnection: (connection: BackendConnection) => void
}

export function openNearby(run: {
  readonly backend: () => BackendSwitch
  readonly environment: NodeJS.ProcessEnv
  readonly onChanged: (state: NearbyState) => void
  readonly log: MainLog
}): Nearby {
  const { log } = run
  const state = (): NearbyState => ({ hosting: host.state(), guest: guest.state() })
  const tell = (): void => run.onChanged(state())
  const host = createHost({
    backend: {
      askHosting: (command) => run.backend().askHosting(command),
      choice: () => run.backend().choice(),
    },
    firmPort: firmPortOf(run.environment, log),
    onChanged: tell,
  })
  const guest = createGuest({
    findHost,
    listenToHost,
    openTunnel: (place) =>
      openTunnel(place, (failure) => log.warn(`nearby: the host is not reached (${failure})`)),
    visit: (connection) => run.backend().visit(connection),
    nowMs: () => performance.now(),
    setTimer,
    onChanged: tell,
    log,
  })
  const readLoad = createLoadReader(() => performance.now())
  return {
    handleReport: host.handleReport,
    handleConnection: host.handleConnection,
    answers: {
      'nearby:state': () => ok(state()),
      'nearby:host': ({ hostName }) => {
        if (guest.state().kind === 'none') host.start(hostName)
        return ok(undefined)
      },
      'nearby:stopHosting': () => {
        host.stop()
        return ok(undefined)
      },
      'nearby:carried': async () => ok({ ...host.counts(), ...(await readLoad()) }),
      'nearby:join': async ({ code }) => {
        if (run.backend().choice().isFixed) return ok('fixed')
        if (host.state().kind !== 'off') return ok('hosting')
        return ok(await guest.join(code))
      },
      'nearby:leave': () => {
        guest.leave()
        return ok(undefined)
      },
      'nearby:dismiss': () => {
        host.dismiss()
        guest.dismiss()
        return ok(undefined)
      },
    },
  }
}

/** The port that a firewall lets through. One that is none is not used, and said to be so. */
function firmPortOf(environment: NodeJS.ProcessEnv, log: MainLog): number | null {
  const text = environment['STUDYHALL_NEARBY_PORT']?.trim() ?? ''
  if (text === '') return null
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port >= 1 && port <= 65_535) return port
  log.warn('STUDYHALL_NEARBY_PORT is not used: it is no port')
  return null
}
