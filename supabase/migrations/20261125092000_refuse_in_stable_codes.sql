-- Refusals that said the wrong thing: found by driving every operation of the API with hostile input.

-- The caller's id. Refuses with `not_signed_in` where there is none, where the token outlived its account, and where the
-- token is of somebody who cannot have an account here, because what it names them by is no UUID.
create or replace function private.require_user()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_user_id uuid;
begin
  begin
    v_user_id := auth.uid();
  exception
    when invalid_text_representation then
      v_user_id := null;
  end;
  if v_user_id is null or not exists (select 1 from public.profiles p where p.id = v_user_id) then
    raise sqlstate 'PT401' using message = 'not_signed_in';
  end if;
  return v_user_id;
end
$$;

-- Persists what the caller sends. What the room's settings do not allow is `not_allowed`: nothing is wrong with the
-- request. They are read once the stay's row is held: a change of settings that came first is seen, and one that comes
-- later waits and has the last word.
create or replace function private.set_media_state(
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
begin
  if p_is_muted is null or p_is_video_off is null or p_is_screensharing is null then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  update public.room_participants p
  set media_state = p.media_state || jsonb_build_object(
        'is_muted', p_is_muted, 'is_video_off', p_is_video_off, 'is_screensharing', p_is_screensharing),
      last_seen_at = now()
  where p.id = v_stay.id and p.is_active;
  if exists (
    select 1 from public.rooms r
    where r.id = p_room_id
      and ((not p_is_video_off and not (r.settings -> 'allow_video')::boolean)
        or (p_is_screensharing and not (r.settings -> 'allow_screenshare')::boolean))
  ) then
    raise sqlstate 'PT403' using message = 'not_allowed';
  end if;
end
$$;
