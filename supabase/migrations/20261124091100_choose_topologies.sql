-- Whether a room's media travels directly (mesh) or over the media server (SFU): decided under the room's lock alone.
-- More than mesh_capacity people need the media server, and everybody's client must know how to use it.

-- At most this few people, for this long, and a room goes back to a mesh.
alter table private.config add column mesh_return_delay interval not null default '30 seconds';

-- True where this stay's client can meet over the media server.
alter table public.room_participants add column supports_sfu boolean not null default false;

-- How many of those inside have a client that cannot use the media server. Kept by the trigger that counts people.
alter table public.rooms add column mesh_only_count int not null default 0;
-- True where a mesh has failed between people: the room stays on the media server until it is empty.
alter table public.rooms add column sfu_latched boolean not null default false;
-- Since when fewer people than a mesh carries have been in it; null while there are as many, or more.
alter table public.rooms add column few_since timestamptz default now();

update public.rooms r
set mesh_only_count = r.participant_count,
    few_since = case when r.participant_count < c.mesh_capacity then now() end
from private.config c
where r.participant_count > 0;

alter table public.rooms add constraint rooms_mesh_only_are_participants
check (mesh_only_count between 0 and participant_count);
alter table public.rooms add constraint rooms_latch_the_sfu check (topology = 'sfu' or not sfu_latched);

-- Rooms that may go back to a mesh: few rooms are on the media server at any time.
create index rooms_sfu_idx on public.rooms (few_since) where topology = 'sfu' and is_active;

-- Keeps what a room's row says about how many are in it. Right under concurrency because it changes the room's row
-- relative to what is committed, under that row's lock.
create or replace function private.count_participant()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_change int := (tg_op <> 'DELETE' and new.is_active)::int - (tg_op <> 'INSERT' and old.is_active)::int;
  v_mesh_only_change int := (tg_op <> 'DELETE' and new.is_active and not new.supports_sfu)::int
    - (tg_op <> 'INSERT' and old.is_active and not old.supports_sfu)::int;
begin
  if v_change <> 0 or v_mesh_only_change <> 0 then
    update public.rooms r
    set participant_count = r.participant_count + v_change,
        mesh_only_count = r.mesh_only_count + v_mesh_only_change,
        empty_since = case when r.participant_count + v_change = 0 then now() end,
        few_since = case when r.participant_count + v_change < c.mesh_capacity then coalesce(r.few_since, now()) end
    from private.config c
    where r.id = case when tg_op = 'DELETE' then old.room_id else new.room_id end;
  end if;
  return null;
end
$$;

drop trigger room_participants_count on public.room_participants;
create trigger room_participants_count
after insert or delete or update of is_active, supports_sfu on public.room_participants
for each row execute function private.count_participant();

-- How many people fit into a room now: what its creator chose, and no more than a mesh carries where there is no media
-- server, or where somebody inside cannot use it.
create or replace function private.room_capacity(p_room public.rooms)
returns int
language sql
stable
security definer
set search_path = ''
as $$
  select case when c.has_sfu and p_room.mesh_only_count = 0
    then p_room.max_participants
    else least(p_room.max_participants, c.mesh_capacity) end
  from private.config c
$$;

-- Sends a room's media another way. The caller holds the room's lock.
create function private.set_topology(p_room_id uuid, p_topology public.room_topology, p_is_latched boolean)
returns void
language sql
security definer
set search_path = ''
as $$
  update public.rooms r
  set topology = p_topology, topology_epoch = r.topology_epoch + 1, sfu_latched = p_is_latched
  where r.id = p_room_id
$$;

-- Tells those in a room that its media goes another way.
create function private.tell_room_of_topology()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform realtime.send(jsonb_build_object('topology', new.topology, 'epoch', new.topology_epoch), 'topology_changed',
    private.room_topic(new.id, new.channel_epoch), true);
  return null;
end
$$;

create trigger rooms_tell_topology
after update of topology_epoch on public.rooms
for each row
when (old.topology_epoch <> new.topology_epoch and new.is_active)
execute function private.tell_room_of_topology();

-- A room that all have left goes back to a mesh, and forgets that one has failed. Runs when the transaction commits:
-- while one connection takes over from another, a room may be empty for a moment.
create function private.unlatch_empty_room()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.set_topology(r.id, 'mesh', false) from public.rooms r
  where r.id = new.id and r.participant_count = 0 and r.topology = 'sfu';
  return null;
end
$$;

create constraint trigger rooms_unlatch_empty
after update on public.rooms
deferrable initially deferred
for each row
when (new.participant_count = 0 and old.participant_count > 0 and new.topology = 'sfu')
execute function private.unlatch_empty_room();

-- Every 10 s: rooms that have had few people for 30 s go back to a mesh, unless somebody shares a screen, a recording
-- runs or a mesh has failed there. Where the media server is gone they do so at once, if a mesh carries them; more
-- people than that are left alone. Answers how many rooms changed, at most 500 a call; a room that is just being changed
-- is left for the next.
create function private.settle_topologies()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_config private.config;
  v_room_ids uuid[];
begin
  select * into strict v_config from private.config;
  v_room_ids := array(
    select r.id from public.rooms r
    where r.topology = 'sfu' and r.is_active
      and case when v_config.has_sfu
        then r.few_since <= now() - v_config.mesh_return_delay
          and not r.sfu_latched
          and not private.is_recording(r.id)
          and not exists (
            select 1 from public.room_participants p
            where p.room_id = r.id and p.is_active and (p.media_state ->> 'is_screensharing')::boolean)
        else r.participant_count <= v_config.mesh_capacity end
    order by r.id
    limit 500
    for update of r skip locked
  );
  perform private.set_topology(id, 'mesh', false) from unnest(v_room_ids) as id;
  return cardinality(v_room_ids);
end
$$;

insert into private.limits (action, max_count, window_length) values ('report_mesh_failure', 5, '1 minute');

-- Moves the caller's room to the media server, for as long as anybody is in it.
create function private.report_mesh_failure(p_room_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
  v_wait_seconds int := private.take_permit(v_stay.user_id, 'report_mesh_failure');
  v_room public.rooms;
begin
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  select * into v_room from public.rooms r where r.id = p_room_id for update;
  -- Asked again under the lock: only those inside may move a room.
  perform private.require_stay(p_room_id);
  if v_room.topology = 'mesh' and v_room.mesh_only_count = 0 and (select c.has_sfu from private.config c) then
    perform private.set_topology(p_room_id, 'sfu', true);
  end if;
  return (
    select jsonb_build_object('topology', r.topology, 'epoch', r.topology_epoch)
    from public.rooms r where r.id = p_room_id
  );
end
$$;

-- Somebody inside says that a direct connection could not be made. Answers how media travels now, `{topology, epoch}`:
-- over the media server if there is one and everybody inside can use it, else as before.
create function public.report_mesh_failure(p_room_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.report_mesh_failure(p_room_id)
$$;

grant execute on function private.report_mesh_failure(uuid) to authenticated;
grant execute on function public.report_mesh_failure(uuid) to authenticated;
