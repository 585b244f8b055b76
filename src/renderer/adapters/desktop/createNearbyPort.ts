import type { DesktopApi } from '../../../shared/ipc/desktopApi.ts'
import type { NearbyState } from '../../../shared/nearby/nearbyState.ts'
import type { NearbyPort } from '../../core/ports/nearby.ts'
import { watchDesktop } from './watchDesktop.ts'

/** Hosting for people nearby and being somebody's guest. Without an answer nobody hosts and nobody is a guest. */
export function createNearbyPort({ nearby }: Pick<DesktopApi, 'nearby'>): NearbyPort {
  return {
    watch: (listener) =>
      watchDesktop<NearbyState>(nearby.onChanged, nearby.state, listener, () => ({
        hosting: { kind: 'off', problem: null },
        guest: { kind: 'none', ended: null },
      })),
    host: (hostName) => void nearby.host({ hostName }),
    stopHosting: () => void nearby.stopHosting(),
    async carried() {
      const answer = await nearby.carried()
      return answer.ok ? answer.value : null
    },
    async join(code) {
      const answer = await nearby.join({ code })
      return answer.ok ? answer.value : null
    },
    leave: () => void nearby.leave(),
    dismiss: () => void nearby.dismiss(),
  }
}
