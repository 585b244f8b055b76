import { createRequire } from 'node:module'

/** A message as the official client's serializer takes and gives it. */
export interface OfficialMessage {
  readonly join_ref?: string | null
  readonly ref?: string | null
  readonly topic: string
  readonly event: string
  readonly payload: Record<string, unknown>
}

interface OfficialSerializer {
  encode(message: OfficialMessage, callback: (encoded: ArrayBuffer | string) => void): void
  decode(raw: ArrayBuffer | string, callback: (message: OfficialMessage) => void): void
}

/** Metas by key, as the official client keeps them. */
export type OfficialPresence = Record<string, { metas: { phx_ref: string }[] }>

interface OfficialPresenceSync {
  syncState(state: OfficialPresence, newState: OfficialPresence): OfficialPresence
  syncDiff(
    state: OfficialPresence,
    diff: { joins: OfficialPresence; leaves: OfficialPresence },
  ): OfficialPresence
}

/** The very code that the official client runs. Its packages export only the client, so this reaches into them. */
const requireFromClient = createRequire(
  createRequire(import.meta.resolve('@supabase/supabase-js')).resolve('@supabase/realtime-js'),
)
const serializerModule: { default: new () => OfficialSerializer } = requireFromClient('./lib/serializer.js')
const phoenixModule: { Presence: OfficialPresenceSync } = requireFromClient('@supabase/phoenix')

export const officialSerializer = new serializerModule.default()
export const officialPresence = phoenixModule.Presence
