-- Who may send and receive what on the media server. The HTTP API makes a token of the answer; the rights are decided here.

-- What the caller may do on the media server with this connection, see public.media_grant.
create function private.media_grant(p_room_id uuid, p_connection_id uuid)
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
  -- SECURITY: nobody sends or receives anything in a recorded room who has not agreed to it.
  if private.is_recording(p_room_id) and not exists (
    select 1 from public.recording_consents c
    join public.recordings r on r.id = c.recording_id
    where r.room_id = p_room_id and r.status = 'recording' and c.user_id = v_stay.user_id and c.answer = 'given'
  ) then
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

-- `{roomName, identity, userId, displayName, canPublishSources}` for somebody who is in a room, with exactly this
-- connection, while its media travels over the media server. Refuses with not_participant, with sfu_unavailable where
-- there is no media server or the room is a mesh, and with recording_needs_consent while a recording runs to which the
-- caller has not agreed.
create function public.media_grant(p_room_id uuid, p_connection_id uuid)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.media_grant(p_room_id, p_connection_id)
$$;

grant execute on function private.media_grant(uuid, uuid) to authenticated;
grant execute on function public.media_grant(uuid, uuid) to authenticated;
