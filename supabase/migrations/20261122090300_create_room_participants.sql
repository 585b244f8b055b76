-- Who is, or was, in which room.

create table public.room_participants (
  id uuid primary key default gen_random_uuid(),
  room_id uuid not null references public.rooms (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  -- Names this stay on this device; chosen by the client.
  connection_id uuid not null,
  -- Strictly ordered among those in a room, to the millisecond: the later one calls the earlier one.
  joined_at timestamptz not null default now(),
  left_at timestamptz,
  left_reason text check (left_reason in ('left', 'expired', 'replaced', 'removed', 'closed')),
  is_active boolean not null default true,
  media_state jsonb not null default '{"is_muted": true, "is_video_off": true, "is_screensharing": false}',
  last_seen_at timestamptz not null default now(),
  constraint room_participants_media_state_is_known check (
    private.has_booleans(media_state, 'is_muted', 'is_video_off', 'is_screensharing')
    and octet_length(media_state::text) <= 1024
  ),
  constraint room_participants_leave_once check (
    is_active = (left_at is null) and is_active = (left_reason is null)
  )
) with (fillfactor = 80);
comment on table public.room_participants is 'One row a stay in a room; at most one active row a person and room.';
alter table public.room_participants enable row level security;

-- SECURITY: at most one active stay a person and room, whatever the functions do.
create unique index room_participants_one_stay_idx on public.room_participants (room_id, user_id)
where is_active;

-- SECURITY: nobody can pass as another's connection.
create unique index room_participants_one_connection_idx on public.room_participants (room_id, connection_id)
where is_active;

-- The people in a room, in the order of their joining.
create index room_participants_room_idx on public.room_participants (room_id, joined_at)
where is_active;

-- The rooms a person is in.
create index room_participants_user_active_idx on public.room_participants (user_id, room_id)
where is_active;

-- A person's past stays, and how a connection ended; also behind the foreign key.
create index room_participants_user_idx on public.room_participants (user_id, connection_id, joined_at desc);

-- Behind the foreign key, for rooms that are deleted.
create index room_participants_history_idx on public.room_participants (room_id);

-- Keeps `participant_count` and `empty_since`. Right under concurrency because it changes the room's row relative to
-- what is committed, under that row's lock.
create function private.count_participant()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_change int := (tg_op <> 'DELETE' and new.is_active)::int - (tg_op <> 'INSERT' and old.is_active)::int;
begin
  if v_change <> 0 then
    update public.rooms r
    set participant_count = r.participant_count + v_change,
        empty_since = case when r.participant_count + v_change = 0 then now() end
    where r.id = case when tg_op = 'DELETE' then old.room_id else new.room_id end;
  end if;
  return null;
end
$$;

create trigger room_participants_count
after insert or delete or update of is_active on public.room_participants
for each row execute function private.count_participant();
