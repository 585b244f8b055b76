import type { Topology } from '../../../shared/domain/room.ts'
import type { MediaKind, MediaPath } from '../ports/mediaRoutes.ts'
import type { SfuAccess, SfuEnd } from '../ports/sfu.ts'

/** How the room's media is to travel, by the database. */
export interface WantedTopology {
  readonly topology: Topology
  /** Orders what is wanted: one that is not above the known one is stale. */
  readonly epoch: number
}

/** Why there is no connection to the media server. `needsConsent`: a recording runs to which we have not agreed. */
export type SfuFailure = SfuEnd | 'needsConsent'

/** Our connection to the media server. `session` counts them, so that nothing late of an earlier one is heard. */
export type SfuLink =
  | { readonly kind: 'off' }
  | { readonly kind: 'connecting'; readonly failedTries: number }
  | { readonly kind: 'connected' }
  /** Lost, and sought again by the session itself. */
  | { readonly kind: 'interrupted' }
  /** Between two tries. */
  | { readonly kind: 'waiting'; readonly failedTries: number; readonly failure: SfuFailure }

/** One person's way from one path to the other. */
export interface Passage {
  /** The path by which they are seen and heard. */
  readonly shown: MediaPath
  readonly arrived: Readonly<Record<MediaPath, readonly MediaKind[]>>
  /** The paths that carried at the last look, to notice when one is lost. */
  readonly carriedBy: readonly MediaPath[]
  /** The latest epoch for which they have said that our media reaches them by its path; -1: none, or that path was lost since. */
  readonly acknowledgedEpoch: number
  /** `overdue`: they could have come over for so long that nothing is waited for any more. */
  readonly patience: 'idle' | 'running' | 'overdue'
}

/** The two paths of a call's media. */
export interface TopologyState {
  readonly wanted: WantedTopology
  readonly sfu: SfuLink
  readonly session: number
  /** Opens the media server at the next try; null: it has to be asked for. */
  readonly access: SfuAccess | null
  /** Connections of the others on the media server. */
  readonly onSfu: readonly string[]
  readonly passages: Readonly<Record<string, Passage>>
  /** Whom we have told that their media reaches us by the path of the epoch in question. */
  readonly told: { readonly epoch: number; readonly connectionIds: readonly string[] }
}

/** A call that has just been entered. */
export function createTopologyState(wanted: WantedTopology, access: SfuAccess | null): TopologyState {
  return {
    wanted,
    sfu: { kind: 'off' },
    session: 0,
    access,
    onSfu: [],
    passages: {},
    told: { epoch: wanted.epoch, connectionIds: [] },
  }
}

export function createPassage(shown: MediaPath): Passage {
  return { shown, arrived: { mesh: [], sfu: [] }, carriedBy: [], acknowledgedEpoch: -1, patience: 'idle' }
}
