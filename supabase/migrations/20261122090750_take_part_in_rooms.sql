-- What somebody in a room may ask and say: who is there, what they send themselves, that they are still here.

-- The caller's active stay in a room. Refuses with `not_participant`, whether or not there is such a room.
create function private.require_stay(p_room_id uuid)
returns public.room_participants
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_stay public.room_participants;
begin
  select * into v_stay from public.room_participants p
  where p.room_id = p_room_id and p.user_id = v_user_id and p.is_active;
  if not found then
    raise sqlstate 'PT403' using message = 'not_participant';
  end if;
  return v_stay;
end
$$;

-- Everybody in a room that the caller is in.
create function private.list_participants(p_room_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_stay(p_room_id);
  return private.participants_of(p_room_id);
end
$$;

-- Everybody in a room, in the order of their joining; for those inside only.
create function public.list_participants(p_room_id uuid)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_participants(p_room_id)
$$;

-- Persists what the caller sends, unless the room's settings do not allow it.
create function private.set_media_state(
  p_room_id uuid,
  p_is_muted boolean,
  p_is_video_off boolean,
  p_is_screensharing boolean
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
  v_settings jsonb;
begin
  select r.settings into strict v_settings from public.rooms r where r.id = p_room_id;
  if p_is_muted is null or p_is_video_off is null or p_is_screensharing is null
    or (not p_is_video_off and not (v_settings -> 'allow_video')::boolean)
    or (p_is_screensharing and not (v_settings -> 'allow_screenshare')::boolean) then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  update public.room_participants p
  set media_state = p.media_state || jsonb_build_object(
        'is_muted', p_is_muted, 'is_video_off', p_is_video_off, 'is_screensharing', p_is_screensharing),
      last_seen_at = now()
  where p.id = v_stay.id and p.is_active;
end
$$;

-- Persists the caller's own media state in a room. The others hear of it by broadcast, from the caller.
create function public.set_media_state(
  p_room_id uuid,
  p_is_muted boolean,
  p_is_video_off boolean,
  p_is_screensharing boolean
)
returns void
language sql
security invoker
set search_path = ''
as $$
  select private.set_media_state(p_room_id, p_is_muted, p_is_video_off, p_is_screensharing)
$$;

-- Says that a connection is still here; answers whether it still counts as in, and if not, whether another one of the
-- same person has taken over.
create function private.heartbeat(p_room_id uuid, p_connection_id uuid)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_reason text;
begin
  update public.room_participants p set last_seen_at = now()
  where p.room_id = p_room_id and p.user_id = v_user_id and p.connection_id = p_connection_id and p.is_active;
  if found then
    return 'present';
  end if;
  select p.left_reason into v_reason from public.room_participants p
  where p.room_id = p_room_id and p.user_id = v_user_id and p.connection_id = p_connection_id
  order by p.joined_at desc limit 1;
  return case when v_reason = 'replaced' then 'replaced' else 'gone' end;
end
$$;

-- Every 30 s from everybody in a room: 'present', 'replaced' (by another connection of the same person) or 'gone'.
create function public.heartbeat(p_room_id uuid, p_connection_id uuid)
returns text
language sql
security invoker
set search_path = ''
as $$
  select private.heartbeat(p_room_id, p_connection_id)
$$;

grant execute on function private.list_participants(uuid) to authenticated;
grant execute on function public.list_participants(uuid) to authenticated;
grant execute on function private.set_media_state(uuid, boolean, boolean, boolean) to authenticated;
grant execute on function public.set_media_state(uuid, boolean, boolean, boolean) to authenticated;
grant execute on function private.heartbeat(uuid, uuid) to authenticated;
grant execute on function public.heartbeat(uuid, uuid) to authenticated;
