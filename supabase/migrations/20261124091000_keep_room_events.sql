-- What happened in rooms, for figures about them. Written by triggers, whoever makes the change; read by the service alone.

create type public.room_event_kind as enum ('created', 'closed', 'joined', 'left', 'topology_changed');

create table public.room_events (
  id bigint generated always as identity primary key,
  room_id uuid not null references public.rooms (id) on delete cascade,
  kind public.room_event_kind not null,
  at timestamptz not null default clock_timestamp(),
  -- Who it is about; null where nobody is, or once the account is gone. No foreign key: its check would lock the profile
  -- after the room, against the order of locks.
  user_id uuid,
  -- What the event's kind has to say, in camelCase.
  details jsonb not null default '{}'
);
comment on table public.room_events is 'What happened in rooms, kept for 30 days; no client sees it.';
alter table public.room_events enable row level security;

-- Events of a time, by kind; also how old ones are found.
create index room_events_at_idx on public.room_events (at, kind);

-- The events of a room; also behind the foreign key.
create index room_events_room_idx on public.room_events (room_id, at);

-- The events about a person, for accounts that are deleted.
create index room_events_user_idx on public.room_events (user_id) where user_id is not null;

revoke all on public.room_events from anon, authenticated;
grant select on public.room_events to service_role;

-- Notes that a room was opened or closed, or that its media goes another way.
-- created: {privacy, hasPassword, maxParticipants, isRecurring}. closed: {lifeSeconds}.
-- topology_changed: {topology, epoch, participantCount, isLatched}.
create function private.log_room()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room jsonb := to_jsonb(new);
begin
  if tg_op = 'INSERT' then
    insert into public.room_events (room_id, kind, user_id, details)
    values (new.id, 'created', new.creator_id, jsonb_build_object(
      'privacy', new.privacy, 'hasPassword', new.has_password, 'maxParticipants', new.max_participants,
      'isRecurring', new.recurring_room_id is not null));
    return null;
  end if;
  if old.is_active and not new.is_active then
    insert into public.room_events (room_id, kind, details)
    values (new.id, 'closed', jsonb_build_object(
      'lifeSeconds', round(extract(epoch from new.closed_at - new.created_at)::numeric, 3)));
  end if;
  if old.topology_epoch <> new.topology_epoch then
    insert into public.room_events (room_id, kind, details)
    values (new.id, 'topology_changed', jsonb_build_object(
      'topology', new.topology, 'epoch', new.topology_epoch, 'participantCount', new.participant_count,
      'isLatched', v_room -> 'sfu_latched'));
  end if;
  return null;
end
$$;

create trigger rooms_log_created
after insert on public.rooms
for each row execute function private.log_room();

create trigger rooms_log_change
after update on public.rooms
for each row
when (old.is_active <> new.is_active or old.topology_epoch <> new.topology_epoch)
execute function private.log_room();

-- Notes who has come and who has gone.
-- joined: {participantCount, topology}. left: {reason, staySeconds, participantCount, topology}.
-- participantCount is that after the event.
create function private.log_participant()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.room_events (room_id, kind, user_id, details)
  select r.id, case when new.is_active then 'joined' else 'left' end::public.room_event_kind, new.user_id,
    jsonb_build_object('participantCount', r.participant_count, 'topology', r.topology)
    || case when new.is_active then '{}' else jsonb_build_object(
      'reason', new.left_reason,
      'staySeconds', round(extract(epoch from new.left_at - new.joined_at)::numeric, 3)) end
  from public.rooms r where r.id = new.room_id;
  return null;
end
$$;

-- Triggers run in the order of their names: the room has been counted by then.
create trigger room_participants_log_joined
after insert on public.room_participants
for each row
when (new.is_active)
execute function private.log_participant();

create trigger room_participants_log_left
after update of is_active on public.room_participants
for each row
when (old.is_active and not new.is_active)
execute function private.log_participant();

-- Nobody can be found in the events once their account is gone.
create function private.forget_profile_in_events()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.room_events e set user_id = null where e.user_id = old.id;
  return null;
end
$$;

create trigger profiles_forget_in_events
after delete on public.profiles
for each row execute function private.forget_profile_in_events();
