-- The lobby in other orders than the liveliest first: the newest first, or by name. Each is read by key from an index.
-- And without the rooms in which there is no place.

-- In which order rooms are listed: those with most people, those opened last, or by name.
create type public.room_order as enum ('lively', 'newest', 'name');

-- What a room is ordered by when it is ordered by its name: small letters without accents, which sorts alike on every
-- server whatever its locale, and in every script by its own letters. At most 80 characters, as names have.
create function private.room_name_key(p_name text)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select normalize(lower(regexp_replace(normalize(p_name, nfd), '[\u0300-\u036f]', '', 'g')), nfc) collate "C"
$$;

-- The lobby's newest rooms first, for pages by key.
create index rooms_newest_idx on public.rooms (created_at desc, id desc)
where is_active and privacy = 'public';

-- The lobby by name, for pages by key.
create index rooms_by_name_idx on public.rooms ((private.room_name_key(name)) collate "C", id)
where is_active and privacy = 'public';

drop function public.list_rooms(public.room_privacy, text[], text, int, int, timestamptz, uuid);
drop function private.list_rooms(public.room_privacy, text[], text, int, int, timestamptz, uuid);

-- One page of active rooms in an order, after the given key: an array of room summaries; by name each with its `sortKey`.
-- 'public': rooms open to everybody. 'private': private rooms that the caller created, is in or is a member of, and no other.
-- A search of public rooms asks private.room_search. With p_has_room those that are full are left out.
create function private.list_rooms(
  p_privacy public.room_privacy,
  p_tags text[],
  p_query text,
  p_limit int,
  p_after_count int,
  p_after_created_at timestamptz,
  p_after_id uuid,
  p_order public.room_order,
  p_after_name_key text,
  p_has_room boolean
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
  v_config private.config;
  v_pattern text;
  v_after text;
  v_order text;
  v_rooms jsonb;
begin
  foreach v_tag in array private.chosen_tags(p_tags) loop
    v_where := v_where || format(
      ' and exists (select 1 from public.room_tags t where t.room_id = r.id and t.tag = %L)', v_tag);
  end loop;
  if p_has_room then
    select * into strict v_config from private.config;
    -- As private.room_capacity, written out so that no function is called for each room, and the index of the lively ones is
    -- read from where rooms may have a place.
    v_where := v_where || case when v_config.has_sfu
      then format(' and r.participant_count < 50 and r.participant_count < case when r.mesh_only_count = 0 then r.max_participants'
        ' else least(r.max_participants, %s) end', v_config.mesh_capacity)
      else format(' and r.participant_count < %1$s and r.participant_count < r.max_participants', v_config.mesh_capacity) end;
  end if;
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
  case p_order
    when 'newest' then
      v_after := '(r.created_at, r.id) < ($3, $4)';
      v_order := 'r.created_at desc, r.id desc';
    when 'name' then
      v_after := '((private.room_name_key(r.name)) collate "C", r.id) > ($6, $7)';
      v_order := '(private.room_name_key(r.name)) collate "C", r.id';
    else
      v_after := '(r.participant_count, r.created_at, r.id) < ($2, $3, $4)';
      v_order := 'r.participant_count desc, r.created_at desc, r.id desc';
  end case;
  -- The page is in order when it is numbered, and put together by those numbers.
  execute 'select coalesce(jsonb_agg(private.room_summary(page.room)'
    || case when p_order = 'name'
      then ' || jsonb_build_object(''sortKey'', private.room_name_key((page.room).name))' else '' end
    || ' order by page.place), ''[]'') from ('
    || 'select r as room, row_number() over (order by ' || v_order || ') as place'
    || ' from public.rooms r where r.is_active and ' || v_where || ' and ' || v_after
    || ' order by ' || v_order || ' limit $5) as page'
  into v_rooms
  using v_user_id,
    coalesce(p_after_count, 2147483647),
    coalesce(p_after_created_at, 'infinity'::timestamptz),
    coalesce(p_after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid),
    least(greatest(coalesce(p_limit, 20), 1), 21),
    coalesce(left(p_after_name_key, 400), ''),
    coalesce(p_after_id, '00000000-0000-0000-0000-000000000000'::uuid);
  return v_rooms;
end
$$;

-- One page of active rooms. At most 21: a page of 20, and whether there is another. By name, the key is the last room's
-- `sortKey` and id; the newest first, its `createdAt` and id; the liveliest first, its `participantCount` besides.
create function public.list_rooms(
  p_privacy public.room_privacy default 'public',
  p_tags text[] default '{}',
  p_query text default '',
  p_limit int default 20,
  p_after_count int default null,
  p_after_created_at timestamptz default null,
  p_after_id uuid default null,
  p_order public.room_order default 'lively',
  p_after_name_key text default null,
  p_has_room boolean default false
)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_rooms(
    p_privacy, p_tags, p_query, p_limit, p_after_count, p_after_created_at, p_after_id, p_order, p_after_name_key, p_has_room)
$$;

grant execute on function private.list_rooms(
  public.room_privacy, text[], text, int, int, timestamptz, uuid, public.room_order, text, boolean) to authenticated;
grant execute on function public.list_rooms(
  public.room_privacy, text[], text, int, int, timestamptz, uuid, public.room_order, text, boolean) to authenticated;
