-- What the scheduler does, in batches: whatever has piled up, no call holds many rooms for long. What grows is pruned.

-- As before, but safe beside pruning, where the permits' row may be gone between looking for it and locking it, and beside
-- an account's deletion, which would wait for the permits while this waits for a room.
create or replace function private.take_permit(p_user_id uuid, p_action text)
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_limit private.limits;
  v_taken timestamptz[];
  v_now timestamptz;
begin
  select * into strict v_limit from private.limits l where l.action = p_action;
  perform private.hold_own_profile(p_user_id);
  loop
    insert into private.permits (user_id, action) values (p_user_id, p_action) on conflict do nothing;
    select p.taken_at into v_taken from private.permits p
    where p.user_id = p_user_id and p.action = p_action
    for update;
    exit when found;
  end loop;

  v_now := clock_timestamp();
  v_taken := array(select t from unnest(v_taken) as t where t > v_now - v_limit.window_length order by t);
  if cardinality(v_taken) >= v_limit.max_count then
    return greatest(1, ceil(extract(epoch from
      v_taken[cardinality(v_taken) - v_limit.max_count + 1] + v_limit.window_length - v_now))::int);
  end if;

  update private.permits p set taken_at = v_taken || v_now where p.user_id = p_user_id and p.action = p_action;
  return 0;
end
$$;

-- Drops participants unseen for 60 s and answers how many; at most those of 200 rooms a call. Rooms are locked first, in
-- the order of their ids, and only people in rooms that are locked are dropped; a heartbeat that arrives meanwhile
-- counts. A room that somebody is just joining or leaving is left for the next call, so that nothing is waited for.
create or replace function private.drop_unseen_participants()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_unseen_since timestamptz;
  v_room_ids uuid[];
  v_dropped int;
begin
  select now() - c.participant_expiry into strict v_unseen_since from private.config c;
  v_room_ids := array(
    select r.id from public.rooms r
    where r.id in (
      select p.room_id from public.room_participants p
      where p.is_active and p.last_seen_at < v_unseen_since
      order by p.room_id
      limit 2000
    )
    order by r.id
    limit 200
    for update skip locked
  );
  update public.room_participants p
  set is_active = false, left_at = clock_timestamp(), left_reason = 'expired'
  where p.room_id = any (v_room_ids) and p.is_active and p.last_seen_at < v_unseen_since;
  get diagnostics v_dropped = row_count;
  return v_dropped;
end
$$;

-- Closes rooms that have been empty for 5 min and answers how many; at most 200 a call, those that have been so for
-- longest first. A room that somebody is just joining is left alone.
create or replace function private.close_empty_rooms()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_empty_since timestamptz;
  v_room_ids uuid[];
begin
  select now() - c.empty_room_expiry into strict v_empty_since from private.config c;
  v_room_ids := array(
    select r.id from public.rooms r
    where r.is_active and r.empty_since < v_empty_since
    order by r.empty_since
    limit 200
    for update skip locked
  );
  perform private.close_room(id) from unnest(v_room_ids) as id order by id;
  return cardinality(v_room_ids);
end
$$;

-- Rooms that may be old enough to be forgotten.
create index rooms_closed_idx on public.rooms (closed_at) where not is_active;

-- Stays that may be old enough to be forgotten, in rooms that live on.
create index room_participants_left_idx on public.room_participants (left_at) where not is_active;

-- Permits by when the latest was taken, for those that nobody uses.
create index permits_idle_idx on private.permits ((taken_at[cardinality(taken_at)]));

-- Deletes rooms that were closed more than 30 days ago, with all that belongs to them; at most 200 a call.
create function private.prune_rooms()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count int;
begin
  delete from public.rooms r
  where r.id in (
    select o.id from public.rooms o
    where not o.is_active and o.closed_at < now() - interval '30 days'
    order by o.closed_at
    limit 200
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- Deletes stays that ended more than 30 days ago; at most 2,000 a call.
create function private.prune_stays()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count int;
begin
  delete from public.room_participants p
  where p.id in (
    select o.id from public.room_participants o
    where not o.is_active and o.left_at < now() - interval '30 days'
    order by o.left_at
    limit 2000
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- Deletes what happened in rooms more than 30 days ago; at most 5,000 events a call.
create function private.prune_room_events()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count int;
begin
  delete from public.room_events e
  where e.id in (
    select o.id from public.room_events o
    where o.at < now() - interval '30 days'
    order by o.at
    limit 5000
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- Deletes the permits of whoever has taken none for as long as any limit looks back; at most 2,000 rows a call.
create function private.prune_permits()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_idle_since timestamptz;
  v_count int;
begin
  select now() - max(l.window_length) into v_idle_since from private.limits l;
  delete from private.permits p
  using (
    select o.user_id, o.action from private.permits o
    where o.taken_at[cardinality(o.taken_at)] < v_idle_since
    order by o.taken_at[cardinality(o.taken_at)]
    limit 2000
    for update skip locked
  ) as idle
  where p.user_id = idle.user_id and p.action = idle.action;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- Forgets keys that are older than 24 hours; at most 2,000 a call.
create function private.prune_idempotency_keys()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count int;
begin
  delete from private.idempotency_keys k
  using (
    select o.user_id, o.key from private.idempotency_keys o
    where o.created_at < now() - interval '24 hours'
    order by o.created_at
    limit 2000
    for update skip locked
  ) as old
  where k.user_id = old.user_id and k.key = old.key;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- Every minute: calls every function of this schema whose name begins with prune_ and answers how many rows they have
-- deleted. One that fails is a warning and keeps none of the others from its work.
create function private.prune()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_name text;
  v_count int;
  v_total int := 0;
begin
  for v_name in
    select p.proname from pg_catalog.pg_proc p
    where p.pronamespace = 'private'::regnamespace and p.proname like 'prune\_%' and p.pronargs = 0
      and p.prorettype = 'int'::regtype
    order by p.proname
  loop
    begin
      execute format('select private.%I()', v_name) into v_count;
      v_total := v_total + coalesce(v_count, 0);
    exception
      when others then
        raise warning 'private.% failed: %', v_name, sqlerrm;
    end;
  end loop;
  return v_total;
end
$$;
