-- How the media server is swept: rooms are taken with what they should be like, compared, and settled.

-- What people in a room with these settings may send.
create function private.sfu_sources(p_settings jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select '["microphone"]'::jsonb
    || case when (p_settings ->> 'allow_video')::boolean then '["camera"]'::jsonb else '[]' end
    || case when (p_settings ->> 'allow_screenshare')::boolean
      then '["screen_share", "screen_share_audio"]'::jsonb else '[]' end
$$;

-- True where a connection may be in a room on the media server.
-- SECURITY: nobody who owes an answer to a recording sends or receives anything.
create function private.may_be_on_sfu(p_stay public.room_participants)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select p_stay.is_active and not private.needs_recording_answer(p_stay.room_id, p_stay.user_id)
$$;

-- What a room on the media server should be like.
-- SECURITY: whoever is not in this list is put out.
create function private.sfu_room_state(p_room private.sfu_rooms)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'roomId', w.room_id,
    'version', p_room.version,
    'isOpen', coalesce(r.is_active, false),
    'canPublishSources', coalesce(private.sfu_sources(r.settings), '[]'),
    'connectionIds', coalesce((
      select jsonb_agg(p.connection_id) from public.room_participants p
      where p.room_id = w.room_id and p.is_active and private.may_be_on_sfu(p)), '[]'),
    -- Who has opened their microphone again meanwhile may.
    'mutedConnectionIds', coalesce((
      select jsonb_agg(p.connection_id) from public.room_participants p
      where p.room_id = w.room_id and p.is_active and p.connection_id = any (p_room.muted_connection_ids)
        and (p.media_state ->> 'is_muted')::boolean), '[]')
  )
  from (select p_room.room_id) as w (room_id)
  left join public.rooms r on r.id = w.room_id
$$;

-- Takes rooms that are due, those that have changed before those that are only watched.
create function private.take_sfu_rooms(p_limit int)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_lease_id uuid := gen_random_uuid();
  v_rooms jsonb;
  v_next_due_at timestamptz;
begin
  update private.sfu_rooms s
  set lease_id = v_lease_id, leased_until = v_now + interval '15 seconds'
  where s.room_id in (
    select d.room_id from private.sfu_rooms d
    where d.due_at <= v_now and d.leased_until <= v_now
    order by d.version = d.seen_version, d.due_at
    limit least(greatest(coalesce(p_limit, 20), 0), 100)
    for update skip locked
  );
  -- A statement of its own, so that it sees whatever has made the room due.
  select coalesce(jsonb_agg(private.sfu_room_state(s) order by s.due_at), '[]') into v_rooms
  from private.sfu_rooms s where s.lease_id = v_lease_id;
  select min(greatest(s.due_at, s.leased_until)) into v_next_due_at
  from private.sfu_rooms s where s.lease_id is distinct from v_lease_id;
  return jsonb_build_object('leaseId', v_lease_id, 'rooms', v_rooms,
    'nextDueInMs', case when v_next_due_at is not null then
      ceil(extract(epoch from greatest(v_next_due_at, v_now) - v_now) * 1000)::int end);
end
$$;

-- For whoever sweeps the media server: `{leaseId, rooms, nextDueInMs}`, at most `p_limit` rooms (100 at most) as
-- `{roomId, version, isOpen, canPublishSources, connectionIds, mutedConnectionIds}`. They are nobody else's for 15 s, or
-- until they are settled. `nextDueInMs` is null when no other room is to be looked at again.
create function public.take_sfu_rooms(p_limit int default 20)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.take_sfu_rooms(p_limit)
$$;

-- Gives a room back. What has changed meanwhile is due at once; what did not succeed is tried again after 1 to 10 s.
create function private.settle_sfu_room(p_room_id uuid, p_lease_id uuid, p_version int, p_is_done boolean, p_has_removed boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
begin
  update private.sfu_rooms s
  set lease_id = null,
      leased_until = '-infinity',
      seen_version = case when p_is_done then p_version else s.seen_version end,
      failures = case when p_is_done then 0 else least(s.failures + 1, 100) end,
      muted_connection_ids = case when p_is_done and s.version = p_version then '{}' else s.muted_connection_ids end,
      -- LiveKit may have renewed the token of whoever was still there.
      watched_until = case when p_has_removed then v_now + interval '15 minutes' else s.watched_until end,
      due_at = case
        when s.version <> p_version then least(s.due_at, v_now)
        when p_is_done then v_now + c.sfu_watch_interval
        else v_now + least(2 ^ least(s.failures, 4), 10) * interval '1 second' end
  from private.config c
  where s.room_id = p_room_id and s.lease_id = p_lease_id;
  delete from private.sfu_rooms s
  where s.room_id = p_room_id and s.lease_id is null and s.failures = 0 and s.version = s.seen_version
    and s.watched_until <= v_now;
end
$$;

-- For whoever has taken a room: whether it is now as it should be, and whether somebody was found who had to go. Does
-- nothing where the lease has passed to somebody else.
create function public.settle_sfu_room(p_room_id uuid, p_lease_id uuid, p_version int, p_is_done boolean, p_has_removed boolean)
returns void
language sql
security invoker
set search_path = ''
as $$
  select private.settle_sfu_room(p_room_id, p_lease_id, p_version, p_is_done, p_has_removed)
$$;

-- Somebody has come into a room on the media server.
create function private.note_sfu_arrival(p_room_id uuid, p_identity text)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_is_welcome boolean := exists (
    select 1 from public.room_participants p
    where p.room_id = p_room_id and p.connection_id::text = p_identity and private.may_be_on_sfu(p));
begin
  -- LiveKit has just renewed their token.
  insert into private.sfu_rooms as s (room_id, watched_until)
  values (p_room_id, v_now + case when v_is_welcome then interval '0' else interval '15 minutes' end)
  on conflict (room_id) do update
  set version = s.version + 1, due_at = v_now, watched_until = greatest(s.watched_until, excluded.watched_until);
  perform pg_notify('studyhall_sfu', '');
  return v_is_welcome;
end
$$;

-- For the media server's own word that somebody has come: has the room compared at once, and answers whether whoever has
-- this identity may be there.
create function public.note_sfu_arrival(p_room_id uuid, p_identity text)
returns boolean
language sql
security invoker
set search_path = ''
as $$
  select private.note_sfu_arrival(p_room_id, p_identity)
$$;

grant execute on function private.take_sfu_rooms(int) to service_role;
grant execute on function public.take_sfu_rooms(int) to service_role;
grant execute on function private.settle_sfu_room(uuid, uuid, int, boolean, boolean) to service_role;
grant execute on function public.settle_sfu_room(uuid, uuid, int, boolean, boolean) to service_role;
grant execute on function private.note_sfu_arrival(uuid, text) to service_role;
grant execute on function public.note_sfu_arrival(uuid, text) to service_role;

-- Forgets rooms that nobody could settle for a day, at most 2,000 a call, and answers how many.
create function private.prune_sfu_rooms()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count int;
begin
  delete from private.sfu_rooms s
  where s.room_id in (
    select o.room_id from private.sfu_rooms o
    where o.changed_at < now() - interval '1 day' and o.watched_until < now()
    order by o.changed_at
    limit 2000
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

-- Where nobody listens, as on hosted Supabase: asks the HTTP API to sweep when a room is due, by pg_net, at the address and
-- with the key that the vault keeps as `studyhall_sweep_url` and `studyhall_secret_key`. True when it was asked.
create function private.ask_for_sfu_sweep()
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_url text;
  v_key text;
begin
  if not exists (
      select 1 from private.sfu_rooms s where s.due_at <= clock_timestamp() and s.leased_until <= clock_timestamp())
    or to_regprocedure('net.http_post(text, jsonb, jsonb, jsonb, integer)') is null
    or to_regclass('vault.decrypted_secrets') is null then
    return false;
  end if;
  execute $query$
    select max(s.decrypted_secret) filter (where s.name = 'studyhall_sweep_url'),
      max(s.decrypted_secret) filter (where s.name = 'studyhall_secret_key')
    from vault.decrypted_secrets s where s.name in ('studyhall_sweep_url', 'studyhall_secret_key')
  $query$ into v_url, v_key;
  if v_url is null or v_key is null then
    return false;
  end if;
  execute 'select net.http_post(url := $1, body := $2, headers := $3)'
    using v_url, '{}'::jsonb, jsonb_build_object('content-type', 'application/json', 'apikey', v_key);
  return true;
end
$$;

insert into private.scheduled_tasks (job_name, function_name, every_seconds)
values ('ask-for-sfu-sweep', 'private.ask_for_sfu_sweep', 5);
select private.schedule_tasks();
