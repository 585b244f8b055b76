import { z } from 'zod'
import { err, ok } from '../../../../src/shared/result.ts'
import type { Result } from '../../../../src/shared/result.ts'
import { refuse } from '../refusal.ts'
import type { Refusal } from '../refusal.ts'
import type { SfuConfig } from './mintMediaToken.ts'

/** Somebody who has come into a room of ours. */
export interface Arrival {
  readonly roomId: string
  readonly identity: string
}

/**
 * Who has come, and where, by an event of LiveKit's; null for any other event, and for rooms that are none of ours.
 * `signature` is LiveKit's token, which carries the body's SHA-256. Refuses with `not_signed_in` what LiveKit has not signed.
 */
export async function readArrival(
  config: SfuConfig,
  body: string,
  signature: string,
): Promise<Result<Arrival | null, Refusal>> {
  const { WebhookReceiver } = await import('livekit-server-sdk')
  try {
    const { event, room, participant } = await new WebhookReceiver(config.key, config.secret).receive(
      body,
      signature,
    )
    const roomId = z.uuid().safeParse(room?.name)
    if (event !== 'participant_joined' || !roomId.success || participant === undefined) return ok(null)
    return ok({ roomId: roomId.data, identity: participant.identity })
  } catch {
    return err(refuse('not_signed_in'))
  }
}
