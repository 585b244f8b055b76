-- Joining does less while it holds the room: nobody else can come in meanwhile. What it answers and tells is the same.

-- Everybody in a room, in the order of their joining. One question, whatever private.participant_details would ask for each.
create or replace function private.participants_of(p_room_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'userId', p.user_id,
    'connectionId', p.connection_id,
    'displayName', o.display_name,
    'joinedAt', to_char(p.joined_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'mediaState', jsonb_build_object(
      'isMuted', p.media_state -> 'is_muted',
      'isVideoOff', p.media_state -> 'is_video_off',
      'isScreensharing', p.media_state -> 'is_screensharing'
    )
  ) order by p.joined_at), '[]')
  from public.room_participants p
  join public.profiles o on o.id = p.user_id
  where p.room_id = p_room_id and p.is_active
$$;

-- Whoever joins a room on the media server gets what they may do there with the same answer: private.media_grant, or null
-- where it refuses.
create function private.media_grant_if_any(p_room_id uuid, p_connection_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return private.media_grant(p_room_id, p_connection_id);
exception
  -- The refusals of media_grant, and nothing else.
  when sqlstate 'PT403' or sqlstate 'PT409' or sqlstate 'PT503' then
    return null;
end
$$;

-- What somebody who has just joined is answered: they know of the room's timer and of a recording at once, before they send
-- any media, and need not ask again for what opens the media server.
create or replace function private.join_answer(p_room_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'room', private.room_details(r),
    'participants', private.participants_of(r.id),
    'topology', r.topology,
    'epoch', r.topology_epoch,
    'channel', private.room_topic(r.id, r.channel_epoch),
    'timer', private.timer_details(r.id),
    'recording', private.recording_for(r.id, (select auth.uid()))
  ) || case when r.topology = 'sfu' then jsonb_build_object('mediaGrant', private.media_grant_if_any(r.id, (
      select p.connection_id from public.room_participants p
      where p.room_id = r.id and p.user_id = (select auth.uid()) and p.is_active))) else '{}' end
  from public.rooms r where r.id = p_room_id
$$;
