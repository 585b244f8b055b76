-- The media server follows the database: what changes in a room is noted here, and whoever sweeps compares the room there
-- with what it should be and puts it right. A state is compared rather than an order carried out, so that nothing is lost
-- when a sweep fails, nothing is done twice, and whoever comes back with an earlier token is found as well.

-- How often a watched room is looked at where nothing says that somebody has come.
alter table private.config add column sfu_watch_interval interval not null default '10 seconds'
check (sfu_watch_interval >= '500 milliseconds');

create table private.sfu_rooms (
  -- No foreign key: a room that is deleted has to be emptied as well.
  room_id uuid primary key,
  -- Rises with every change.
  version int not null default 1,
  -- The version that the media server was last seen to follow.
  seen_version int not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  -- Until then it is looked at again and again: tokens from before the change may be good for that long.
  watched_until timestamptz not null,
  -- Whoever sweeps the room has it to themselves until then.
  lease_id uuid,
  leased_until timestamptz not null default '-infinity',
  -- Sweeps in a row that did not succeed.
  failures int not null default 0,
  -- Whose microphones the creator has closed and nobody has closed on the media server yet.
  muted_connection_ids uuid[] not null default '{}',
  changed_at timestamptz not null default clock_timestamp()
);
comment on table private.sfu_rooms is 'Rooms to be compared with the media server, and when; one row a room, gone 15 minutes after its last change.';
alter table private.sfu_rooms enable row level security;
create index sfu_rooms_due_idx on private.sfu_rooms (due_at);

-- Has a room compared at once, and watched for 15 minutes from now on: our tokens are good for 10, those by which LiveKit
-- renews them for 10 more from when it last did. Tells whoever listens to `studyhall_sfu`. The caller holds the room's lock,
-- so that two transactions never wait for each other's rows here.
create function private.look_at_sfu_room(p_room_id uuid, p_muted_connection_id uuid default null)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_muted uuid[] := array_remove(array[p_muted_connection_id], null);
begin
  insert into private.sfu_rooms as s (room_id, watched_until, muted_connection_ids)
  values (p_room_id, v_now + interval '15 minutes', v_muted)
  on conflict (room_id) do update
  set version = s.version + 1, due_at = v_now, changed_at = v_now, watched_until = excluded.watched_until,
      muted_connection_ids = array_remove(s.muted_connection_ids, p_muted_connection_id) || v_muted;
  perform pg_notify('studyhall_sfu', '');
end
$$;

-- True where people may have tokens for a room on the media server.
create function private.is_on_sfu(p_room_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (select 1 from public.rooms r where r.id = p_room_id and r.topology = 'sfu')
    or exists (select 1 from private.sfu_rooms s where s.room_id = p_room_id)
$$;

-- What was queued is looked at like everything else.
select private.look_at_sfu_room(q.room_id) from (select distinct s.room_id from private.sfu_removals s) as q;
drop trigger room_participants_queue_sfu_removal on public.room_participants;
drop trigger room_participants_queue_sfu_removal_on_delete on public.room_participants;
drop function private.queue_sfu_removal();
drop function public.take_sfu_removals(int);
drop function private.take_sfu_removals(int);
drop function private.prune_sfu_removals();
drop table private.sfu_removals;

-- A stay has ended, however it did.
create function private.follow_stay_on_sfu()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.look_at_sfu_room(old.room_id) where private.is_on_sfu(old.room_id);
  return null;
end
$$;

create trigger room_participants_follow_on_sfu
after update of is_active on public.room_participants
for each row
when (old.is_active and not new.is_active)
execute function private.follow_stay_on_sfu();

create trigger room_participants_follow_on_sfu_after_delete
after delete on public.room_participants
for each row
when (old.is_active)
execute function private.follow_stay_on_sfu();

-- A room has closed, allows something else, or goes back to a mesh.
create function private.follow_room_on_sfu()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.look_at_sfu_room(old.id) where old.topology = 'sfu' or private.is_on_sfu(old.id);
  return null;
end
$$;

create trigger rooms_follow_on_sfu
after update on public.rooms
for each row
when (
  old.settings is distinct from new.settings
  or (old.is_active and not new.is_active)
  or (old.topology = 'sfu' and new.topology <> 'sfu')
)
execute function private.follow_room_on_sfu();

create trigger rooms_follow_on_sfu_after_delete
after delete on public.rooms
for each row
execute function private.follow_room_on_sfu();

-- Closes somebody's microphone, on the media server as well, and tells the room.
create or replace function private.mute_participant(p_room_id uuid, p_user_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_refusal jsonb := private.refuse_moderation(private.require_creator(p_room_id), p_user_id);
  v_connection_id uuid;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  perform private.lock_own_room(p_room_id);
  update public.room_participants p
  set media_state = p.media_state || '{"is_muted": true}'
  where p.room_id = p_room_id and p.user_id = p_user_id and p.is_active
  returning p.connection_id into v_connection_id;
  if v_connection_id is null then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
  perform private.look_at_sfu_room(p_room_id, v_connection_id) where private.is_on_sfu(p_room_id);
  perform private.tell_room(p_room_id, 'muted_by_creator',
    jsonb_build_object('userId', p_user_id, 'connectionId', v_connection_id));
  return '{}';
end
$$;
