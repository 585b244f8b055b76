-- A search looks through tags as well as names, among public rooms and among the caller's private ones; and the lobby is
-- told when how many fit into a room has changed.

-- One page of active rooms: see private.list_rooms before. A search of public rooms asks private.room_search.
create or replace function private.list_rooms(
  p_privacy public.room_privacy,
  p_tags text[],
  p_query text,
  p_limit int,
  p_after_count int,
  p_after_created_at timestamptz,
  p_after_id uuid
)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_tag text;
  -- Literals and one statement a question, so that the planner knows each word and tag it is asked for.
  v_where text := case when p_privacy = 'private'
    -- An array, so that each room is looked up by its id, however many private rooms there are.
    then 'r.privacy = ''private'' and r.id = any (array('
      || 'select c.id from public.rooms c where c.creator_id = $1 union '
      || 'select p.room_id from public.room_participants p where p.user_id = $1 and p.is_active union '
      || 'select m.room_id from public.room_members m where m.user_id = $1 and not private.is_barred(m.room_id, $1)))'
    else 'r.privacy = ''public''' end;
  v_pattern text;
  v_rooms jsonb;
begin
  foreach v_tag in array private.chosen_tags(p_tags) loop
    v_where := v_where || format(
      ' and exists (select 1 from public.room_tags t where t.room_id = r.id and t.tag = %L)', v_tag);
  end loop;
  if coalesce(p_query, '') <> '' then
    -- SECURITY: %L quotes; the wildcards of the searched text are taken literally.
    v_pattern := '%' || regexp_replace(regexp_replace(left(p_query, 80), '[[:cntrl:]]', ' ', 'g'),
      '([\\%_])', '\\\1', 'g') || '%';
    v_where := v_where || case when p_privacy = 'private'
      then format(' and (r.name operator(pg_catalog.~~*) %1$L or exists (select 1 from public.room_tags t '
        'where t.room_id = r.id and t.tag operator(pg_catalog.~~*) %1$L))', v_pattern)
      else format(' and exists (select 1 from private.room_search s where s.room_id = r.id '
        'and s.words operator(pg_catalog.~~*) %L)', v_pattern) end;
  end if;
  execute 'select coalesce(jsonb_agg(private.room_summary(page.room) order by '
    || '(page.room).participant_count desc, (page.room).created_at desc, (page.room).id desc), ''[]'') from ('
    || 'select r as room from public.rooms r where r.is_active and ' || v_where
    || ' and (r.participant_count, r.created_at, r.id) < ($2, $3, $4)'
    || ' order by r.participant_count desc, r.created_at desc, r.id desc limit $5) as page'
  into v_rooms
  using v_user_id,
    coalesce(p_after_count, 2147483647),
    coalesce(p_after_created_at, 'infinity'::timestamptz),
    coalesce(p_after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid),
    least(greatest(coalesce(p_limit, 20), 1), 21);
  return v_rooms;
end
$$;

-- What of a room the lobby shows. How many fit in depends on its topology and on the older clients inside.
create or replace function private.lobby_state(p_room public.rooms)
returns text
language sql
stable
set search_path = ''
as $$
  select row(p_room.name, p_room.privacy, p_room.is_active, p_room.participant_count, p_room.max_participants,
    p_room.has_password, p_room.tags_version, p_room.topology, p_room.mesh_only_count > 0)::text
$$;

drop trigger rooms_tell_lobby_of_change on public.rooms;

-- Only what the lobby shows, and only of a room that is, or has just been, in the lobby.
create constraint trigger rooms_tell_lobby_of_change
after update on public.rooms
deferrable initially deferred
for each row
when (
  ((new.is_active and new.privacy = 'public') or (old.is_active and old.privacy = 'public'))
  and (new.name, new.privacy, new.is_active, new.participant_count, new.max_participants, new.has_password,
      new.tags_version, new.topology, new.mesh_only_count > 0)
    is distinct from (old.name, old.privacy, old.is_active, old.participant_count, old.max_participants,
      old.has_password, old.tags_version, old.topology, old.mesh_only_count > 0)
)
execute function private.tell_lobby();
