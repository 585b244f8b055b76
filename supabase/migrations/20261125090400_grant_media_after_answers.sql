-- Who owes an answer to a recording is decided in one place, for those who join and for the media server.

-- True while a person must answer before any media of theirs may flow: they came after a recording was asked for, or it
-- runs without their yes.
-- SECURITY: somebody who was never asked has not said yes.
create or replace function private.needs_recording_answer(p_room_id uuid, p_user_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select 1 from public.recordings r
    left join public.recording_consents c on c.recording_id = r.id and c.user_id = p_user_id
    where r.room_id = p_room_id and (
      (r.status = 'recording' and c.answer is distinct from 'given')
      or (r.status = 'requested' and c.answer = 'pending' and c.is_late)
    )
  )
$$;

-- What the caller may do on the media server with this connection, see public.media_grant.
create or replace function private.media_grant(p_room_id uuid, p_connection_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
  v_room public.rooms;
begin
  -- SECURITY: nobody gets another one's identity, nor a device that was replaced its old one.
  if v_stay.connection_id is distinct from p_connection_id then
    raise sqlstate 'PT403' using message = 'not_participant';
  end if;
  select * into strict v_room from public.rooms r where r.id = p_room_id;
  if v_room.topology <> 'sfu' or not (select c.has_sfu from private.config c) then
    raise sqlstate 'PT503' using message = 'sfu_unavailable';
  end if;
  -- SECURITY: nobody sends or receives anything in a recorded room who has not agreed to it, nor anybody who came after it
  -- was asked for and has not answered.
  if private.needs_recording_answer(p_room_id, v_stay.user_id) then
    raise sqlstate 'PT409' using message = 'recording_needs_consent';
  end if;
  return jsonb_build_object(
    'roomName', p_room_id::text,
    'identity', p_connection_id::text,
    'userId', v_stay.user_id,
    'displayName', (select p.display_name from public.profiles p where p.id = v_stay.user_id),
    'canPublishSources', '["microphone"]'::jsonb
      || case when (v_room.settings ->> 'allow_video')::boolean then '["camera"]'::jsonb else '[]' end
      || case when (v_room.settings ->> 'allow_screenshare')::boolean
        then '["screen_share", "screen_share_audio"]'::jsonb else '[]' end
  );
end
$$;
