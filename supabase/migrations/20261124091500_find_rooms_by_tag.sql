-- Search finds a room by its tags as by its name. What is searched stands in a table of its own, of public active rooms
-- only: people come and go in rooms all the time, and that must not touch an index of text.

create table private.room_search (
  room_id uuid primary key references public.rooms (id) on delete cascade,
  -- The name and the tags, a line each: what is searched for holds no line breaks, so that nothing is found across two.
  words text not null
) with (fillfactor = 90);
comment on table private.room_search is 'What a search of the lobby looks through; public active rooms only.';
alter table private.room_search enable row level security;

-- Search by any part of the name or of a tag.
create index room_search_words_idx on private.room_search using gin (words extensions.gin_trgm_ops);

drop index public.rooms_name_search_idx;

-- Brings what is searched up to date with some rooms.
create function private.index_rooms(p_room_ids uuid[])
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from private.room_search s
  using public.rooms r
  where s.room_id = any (p_room_ids) and r.id = s.room_id and not (r.is_active and r.privacy = 'public');
  insert into private.room_search as s (room_id, words)
  select r.id, concat_ws(E'\n', r.name, (
    select string_agg(t.tag, E'\n' order by t.tag) from public.room_tags t where t.room_id = r.id))
  from public.rooms r
  where r.id = any (p_room_ids) and r.is_active and r.privacy = 'public'
  on conflict (room_id) do update set words = excluded.words where s.words <> excluded.words;
end
$$;

create function private.index_room()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.index_rooms(array[new.id]);
  return null;
end
$$;

create trigger rooms_index_new
after insert on public.rooms
for each row
when (new.is_active and new.privacy = 'public')
execute function private.index_room();

create trigger rooms_index_change
after update of name, privacy, is_active on public.rooms
for each row
when ((old.name, old.privacy, old.is_active) is distinct from (new.name, new.privacy, new.is_active))
execute function private.index_room();

-- Tags are written several at a time.
create function private.index_tagged_rooms()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.index_rooms(array(select distinct c.room_id from changed c));
  return null;
end
$$;

create trigger room_tags_index_new
after insert on public.room_tags
referencing new table as changed
for each statement execute function private.index_tagged_rooms();

create trigger room_tags_index_change
after update on public.room_tags
referencing new table as changed
for each statement execute function private.index_tagged_rooms();

create trigger room_tags_index_old
after delete on public.room_tags
referencing old table as changed
for each statement execute function private.index_tagged_rooms();

select private.index_rooms(array(select r.id from public.rooms r where r.is_active and r.privacy = 'public'));

-- As before, and a search looks through tags, too.
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
    then 'r.privacy = ''private'' and (r.creator_id = $1 or r.id in ('
      || 'select p.room_id from public.room_participants p where p.user_id = $1 and p.is_active))'
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

-- What of a room the lobby shows, apart from its tags.
create function private.shown_of(p_room public.rooms)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_array(p_room.name, p_room.privacy, p_room.is_active, p_room.participant_count,
    p_room.max_participants, p_room.has_password, p_room.topology, p_room.mesh_only_count)
$$;

-- As before, but whatever else of the row changes in the same transaction keeps nothing from being told.
create or replace function private.tell_lobby()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room public.rooms;
begin
  select * into v_room from public.rooms r where r.id = new.id;
  if private.shown_of(v_room) is distinct from private.shown_of(new) then
    return null;
  end if;
  if new.is_active and new.privacy = 'public' then
    perform realtime.send(private.room_summary(v_room), 'room_changed', 'rooms:lobby', true);
  else
    perform realtime.send(jsonb_build_object('id', new.id), 'room_removed', 'rooms:lobby', true);
  end if;
  return null;
end
$$;

-- Tells the lobby of a room whose tags have changed. A room that is just being opened is told of with its tags anyway.
create function private.tell_lobby_of_tags()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room public.rooms;
begin
  select * into v_room from public.rooms r
  where r.id = new.room_id and r.is_active and r.privacy = 'public' and r.created_at <> now();
  if found and exists (select 1 from private.room_search s where s.room_id = new.room_id and s.words = new.words) then
    perform realtime.send(private.room_summary(v_room), 'room_changed', 'rooms:lobby', true);
  end if;
  return null;
end
$$;

create constraint trigger room_search_tell_lobby
after update on private.room_search
deferrable initially deferred
for each row
when (old.words <> new.words)
execute function private.tell_lobby_of_tags();
