-- What the scheduler calls: people who have gone without a word, and rooms that nobody is in.

-- Drops participants unseen for 60 s and answers how many. Rooms are locked first, in the order of their ids, and only
-- people in rooms that are locked are dropped; a heartbeat that arrives meanwhile counts.
create function private.drop_unseen_participants()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_expiry interval;
  v_room_ids uuid[];
  v_dropped int;
begin
  select c.participant_expiry into strict v_expiry from private.config c;
  v_room_ids := array(
    select r.id from public.rooms r
    where r.id in (
      select p.room_id from public.room_participants p
      where p.is_active and p.last_seen_at < now() - v_expiry
    )
    order by r.id
    for update
  );
  update public.room_participants p
  set is_active = false, left_at = clock_timestamp(), left_reason = 'expired'
  where p.room_id = any (v_room_ids) and p.is_active and p.last_seen_at < now() - v_expiry;
  get diagnostics v_dropped = row_count;
  return v_dropped;
end
$$;

-- Closes a room: nobody can join it any more, and whoever is in it is out, with the reason 'closed'.
create function private.close_room(p_room_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform 1 from public.rooms r where r.id = p_room_id and r.is_active for update;
  if not found then
    return;
  end if;
  update public.room_participants p
  set is_active = false, left_at = clock_timestamp(), left_reason = 'closed'
  where p.room_id = p_room_id and p.is_active;
  update public.rooms r set is_active = false, closed_at = clock_timestamp() where r.id = p_room_id;
end
$$;

-- Closes rooms that have been empty for 5 min and answers how many. A room that somebody is just joining is left alone.
create function private.close_empty_rooms()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room_ids uuid[];
begin
  v_room_ids := array(
    select r.id from public.rooms r, private.config c
    where r.is_active and r.empty_since < now() - c.empty_room_expiry
    order by r.id
    for update of r skip locked
  );
  perform private.close_room(id) from unnest(v_room_ids) as id;
  return cardinality(v_room_ids);
end
$$;

-- The scheduler is pg_cron where there is one. The embedded backend has none and calls the same functions by a timer.
-- Versions before 1.5 know no seconds: there it is once a minute.
do $$
declare
  v_knows_seconds boolean;
begin
  if exists (select 1 from pg_catalog.pg_available_extensions e where e.name = 'pg_cron') then
    execute 'create extension if not exists pg_cron';
    select string_to_array(substring(e.extversion from '^\d+\.\d+'), '.')::int[] >= array[1, 5] into strict v_knows_seconds
    from pg_catalog.pg_extension e where e.extname = 'pg_cron';
    execute format('select cron.schedule(%L, %L, %L)', 'drop-unseen-participants',
      case when v_knows_seconds then '10 seconds' else '* * * * *' end, 'select private.drop_unseen_participants()');
    execute format('select cron.schedule(%L, %L, %L)', 'close-empty-rooms',
      case when v_knows_seconds then '30 seconds' else '* * * * *' end, 'select private.close_empty_rooms()');
  end if;
end
$$;
