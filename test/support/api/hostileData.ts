import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { KnownValues } from './hostileRequests.ts'
import { createHostileWorld, type WorldPeople } from './hostileWorld.ts'

/**
 * The world of hostile requests with what is reached by functions alone: messages, a timer, a recording, recurring rooms,
 * study sessions; one's own, another's in a room one is in, and another's that one may know nothing of. Values go by the
 * names of parameters.
 */
export async function createHostileData(
  sql: Sql,
  people: WorldPeople,
  badAuthorizations: readonly (string | undefined)[],
): Promise<KnownValues> {
  const world = await createHostileWorld(sql, people, badAuthorizations)
  const { rooms, values } = world
  const { asker, other, third } = people
  const messages = [randomUUID(), randomUUID(), randomUUID()] as const
  const recordings = [randomUUID(), randomUUID()] as const
  const recurring = [randomUUID(), randomUUID()] as const
  const sessions = [randomUUID(), randomUUID()] as const
  const code = randomUUID().replaceAll('-', '')
  await sql.begin(async (transaction) => {
    await transaction`
      insert into public.messages (id, room_id, author_id, client_message_id, body) values
        (${messages[0]}, ${rooms.own}, ${asker.userId}, ${randomUUID()}, 'Own'),
        (${messages[1]}, ${rooms.own}, ${third.userId}, ${randomUUID()}, 'Another’s'),
        (${messages[2]}, ${rooms.hidden}, ${third.userId}, ${randomUUID()}, 'Hidden')`
    await transaction`
      insert into public.recordings (id, room_id, requester_id) values
        (${recordings[0]}, ${rooms.own}, ${asker.userId}), (${recordings[1]}, ${rooms.hidden}, ${third.userId})`
    await transaction`
      insert into public.recording_consents (recording_id, user_id, answer, answered_at) values
        (${recordings[0]}, ${asker.userId}, 'given', now()), (${recordings[0]}, ${third.userId}, 'pending', null),
        (${recordings[1]}, ${third.userId}, 'given', now())`
    await transaction`
      insert into public.recurring_rooms (id, owner_id, name, settings, rrule, starts_at, time_zone, duration_minutes)
      select id::uuid, owner::uuid, 'Again', '{"allow_chat": true, "allow_video": true, "allow_screenshare": true}',
        'FREQ=DAILY', '2026-11-01 18:00', 'UTC', 60
      from (values (${recurring[0]}, ${asker.userId}), (${recurring[1]}, ${other.userId})) as v (id, owner)`
    await transaction`
      insert into public.recurring_room_members (recurring_room_id, user_id) values (${recurring[0]}, ${third.userId})`
    await transaction`
      insert into public.recurring_room_invites (recurring_room_id, code_hash, expires_at, max_uses)
      values (${recurring[1]}, private.invite_hash(${code}), now() + interval '1 hour', 5)`
    await transaction`delete from public.study_sessions where ended_at is null`
    await transaction`
      insert into public.study_sessions (id, user_id, started_at) values
        (${sessions[0]}, ${asker.userId}, date_trunc('second', now())),
        (${sessions[1]}, ${other.userId}, date_trunc('second', now()))`
  })
  const never = randomUUID()
  return {
    values: {
      p_room_id: values['id'] ?? [],
      p_user_id: values['userId'] ?? [],
      p_connection_id: values['connectionId'] ?? [],
      p_code: [...(values['code'] ?? []), code],
      p_invite_code: values['inviteCode'] ?? [],
      p_invite_id: values['code'] ?? [],
      p_message_id: [...messages, never],
      p_client_message_id: [never, ...messages],
      p_before_id: [...messages, ...sessions, never],
      p_recording_id: [...recordings, never],
      p_recurring_room_id: [...recurring, never],
      p_session_id: [...sessions, never],
      p_idempotency_key: [never],
    },
    goodTokens: world.goodTokens,
    badAuthorizations,
  }
}
