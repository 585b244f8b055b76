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
