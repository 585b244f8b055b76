-- Connections that have to be put out on the media server, because their stay has ended: a token is good for some minutes,
-- and nobody who was removed may go on meanwhile.

create table private.sfu_removals (
  id bigint generated always as identity primary key,
  -- No foreign key: a room that is deleted has to be emptied as well.
  room_id uuid not null,
  connection_id uuid not null,
  queued_at timestamptz not null default clock_timestamp()
);
comment on table private.sfu_removals is 'Connections to put out on the media server; forgotten after 15 minutes.';
alter table private.sfu_removals enable row level security;
create index sfu_removals_queued_idx on private.sfu_removals (queued_at);

-- Notes whose stay has ended in a room on the media server, however it ended.
create function private.queue_sfu_removal()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.sfu_removals (room_id, connection_id)
  select r.id, old.connection_id from public.rooms r where r.id = old.room_id and r.topology = 'sfu';
  return null;
end
$$;

create trigger room_participants_queue_sfu_removal
after update of is_active on public.room_participants
for each row
when (old.is_active and not new.is_active)
execute function private.queue_sfu_removal();

create trigger room_participants_queue_sfu_removal_on_delete
after delete on public.room_participants
for each row
when (old.is_active)
execute function private.queue_sfu_removal();

-- Takes the oldest entries from the queue, see public.take_sfu_removals.
create function private.take_sfu_removals(p_limit int)
returns jsonb
language sql
security definer
set search_path = ''
as $$
  with taken as (
    delete from private.sfu_removals s
    where s.id in (
      select q.id from private.sfu_removals q
      order by q.id
      limit least(greatest(coalesce(p_limit, 100), 0), 1000)
      for update skip locked
    )
    returning s.id, s.room_id, s.connection_id
  )
  select coalesce(jsonb_agg(
    jsonb_build_object('roomId', t.room_id, 'connectionId', t.connection_id) order by t.id), '[]')
  from taken t
  -- Whoever has come back with the same connection meanwhile stays.
  where not exists (
    select 1 from public.room_participants p
    where p.room_id = t.room_id and p.connection_id = t.connection_id and p.is_active
  )
$$;

-- `[{roomId, connectionId}]`, at most `p_limit` (1,000 at most), oldest first. Each is answered once, to one caller. For
-- whoever runs the media server.
create function public.take_sfu_removals(p_limit int default 100)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.take_sfu_removals(p_limit)
$$;

grant usage on schema private to service_role;
grant execute on function private.take_sfu_removals(int) to service_role;
grant execute on function public.take_sfu_removals(int) to service_role;

-- Forgets entries that nobody has taken for 15 minutes, by when every token of theirs has expired; at most 2,000 a call.
create function private.prune_sfu_removals()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count int;
begin
  delete from private.sfu_removals s
  where s.id in (
    select q.id from private.sfu_removals q
    where q.queued_at < now() - interval '15 minutes'
    order by q.queued_at
    limit 2000
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
