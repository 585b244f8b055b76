-- What somebody may not send counts as well: whoever asks for it in a loop is `rate_limited` as with any other change. An exception
-- would undo the count with the rest, so this refusal is an answer, as those of other limits are.

drop function public.set_media_state(uuid, boolean, boolean, boolean);
drop function private.set_media_state(uuid, boolean, boolean, boolean);

-- Persists what the caller sends. What the room's settings do not allow is answered with `not_allowed`: nothing is wrong with
-- the request. They are read once the stay's row is held: a change of settings that came first is seen, and one that comes
-- later waits and has the last word. Too often is `rate_limited`, and changes nothing.
create function private.set_media_state(
  p_room_id uuid,
  p_is_muted boolean,
  p_is_video_off boolean,
  p_is_screensharing boolean
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
  v_limit private.limits;
  v_is_new_window boolean;
  v_is_allowed boolean;
begin
  if p_is_muted is null or p_is_video_off is null or p_is_screensharing is null then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  select * into strict v_limit from private.limits l where l.action = 'change_media';
  select * into v_stay from public.room_participants p where p.id = v_stay.id and p.is_active for no key update;
  if not found then
    -- The stay has just ended, of which the next heartbeat tells.
    return '{}';
  end if;
  v_is_new_window := v_stay.media_changes_since <= now() - v_limit.window_length;
  if v_stay.media_changes >= v_limit.max_count and not v_is_new_window then
    perform private.raise_too_often(v_stay.media_changes_since, v_limit);
  end if;
  select (p_is_video_off or (r.settings -> 'allow_video')::boolean)
    and (not p_is_screensharing or (r.settings -> 'allow_screenshare')::boolean)
  into v_is_allowed
  from public.rooms r where r.id = p_room_id;
  if v_is_allowed then
    update public.room_participants p
    set media_state = p.media_state || jsonb_build_object(
          'is_muted', p_is_muted, 'is_video_off', p_is_video_off, 'is_screensharing', p_is_screensharing),
        last_seen_at = now(),
        media_changes = case when v_is_new_window then 1 else p.media_changes + 1 end,
        media_changes_since = case when v_is_new_window then now() else p.media_changes_since end
    where p.id = v_stay.id;
    return '{}';
  end if;
  update public.room_participants p
  set media_changes = case when v_is_new_window then 1 else p.media_changes + 1 end,
      media_changes_since = case when v_is_new_window then now() else p.media_changes_since end
  where p.id = v_stay.id;
  return '{"refusal": "not_allowed"}';
end
$$;

-- Persists the caller's own media state in a room: `{}`, or `{refusal}`. The others hear of it by broadcast, from the caller.
create function public.set_media_state(
  p_room_id uuid,
  p_is_muted boolean,
  p_is_video_off boolean,
  p_is_screensharing boolean
)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.set_media_state(p_room_id, p_is_muted, p_is_video_off, p_is_screensharing)
$$;

grant execute on function private.set_media_state(uuid, boolean, boolean, boolean) to authenticated;
grant execute on function public.set_media_state(uuid, boolean, boolean, boolean) to authenticated;
