import type { CarriedLoad, JoinOutcome, NearbyState } from '../../../shared/nearby/nearbyState.ts'

/** Study with your network, as the app's own process does it. */
export interface NearbyPort {
  /** Calls back with the state now and with each later one; the answer ends it. */
  watch(listener: (state: NearbyState) => void): () => void
  /** What becomes of it comes to those who watch. */
  host(hostName: string): void
  stopHosting(): void
  /** Null: it is not told. */
  carried(): Promise<CarriedLoad | null>
  /** Null: there was no answer. */
  join(code: string): Promise<JoinOutcome | null>
  leave(): void
  /** What was told of an end has been read. */
  dismiss(): void
}
