-- What the database tells clients over Realtime; the payloads are those of src/shared/realtime.

-- Tells the lobby of a public room. Runs when the transaction commits, so that a new room has its tags, and only for the
-- last change of a transaction, so that nothing is told twice.
create function private.tell_lobby()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room public.rooms;
begin
  select * into v_room from public.rooms r where r.id = new.id;
  if v_room is distinct from new then
    return null;
  end if;
  if new.is_active and new.privacy = 'public' then
    perform realtime.send(private.room_summary(new), 'room_changed', 'rooms:lobby', true);
  else
    perform realtime.send(jsonb_build_object('id', new.id), 'room_removed', 'rooms:lobby', true);
  end if;
  return null;
end
$$;

create constraint trigger rooms_tell_lobby_of_new
after insert on public.rooms
deferrable initially deferred
for each row
when (new.is_active and new.privacy = 'public')
execute function private.tell_lobby();

-- Only what the lobby shows, and only of a room that is, or has just been, in the lobby.
create constraint trigger rooms_tell_lobby_of_change
after update on public.rooms
deferrable initially deferred
for each row
when (
  ((new.is_active and new.privacy = 'public') or (old.is_active and old.privacy = 'public'))
  and (new.name, new.privacy, new.is_active, new.participant_count, new.max_participants, new.has_password)
    is distinct from (old.name, old.privacy, old.is_active, old.participant_count, old.max_participants, old.has_password)
)
execute function private.tell_lobby();

-- Tells those in a room that it is closed.
create function private.tell_room_of_closing()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform realtime.send('{}'::jsonb, 'room_closed', private.room_topic(new.id, new.channel_epoch), true);
  return null;
end
$$;

create trigger rooms_tell_closing
after update of is_active on public.rooms
for each row
when (old.is_active and not new.is_active)
execute function private.tell_room_of_closing();

-- Tells those in a room who has come and who has gone, and why.
create function private.tell_room_of_participant()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_topic text;
begin
  select private.room_topic(r.id, r.channel_epoch) into v_topic from public.rooms r
  where r.id = new.room_id and r.is_active;
  if v_topic is null then
    return null;
  end if;
  if new.is_active then
    perform realtime.send(private.participant_details(new), 'participant_joined', v_topic, true);
  else
    perform realtime.send(
      jsonb_build_object('userId', new.user_id, 'connectionId', new.connection_id, 'reason', new.left_reason),
      'participant_left', v_topic, true);
  end if;
  return null;
end
$$;

create trigger room_participants_tell_joined
after insert on public.room_participants
for each row
when (new.is_active)
execute function private.tell_room_of_participant();

create trigger room_participants_tell_left
after update of is_active on public.room_participants
for each row
when (old.is_active and not new.is_active)
execute function private.tell_room_of_participant();

-- An account that is deleted leaves its rooms like a person who leaves.
create function private.leave_rooms_of_profile()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform 1 from public.rooms r
  where r.id in (select p.room_id from public.room_participants p where p.user_id = old.id and p.is_active)
  order by r.id
  for update;
  update public.room_participants p
  set is_active = false, left_at = clock_timestamp(), left_reason = 'left'
  where p.user_id = old.id and p.is_active;
  return old;
end
$$;

create trigger profiles_leave_rooms
before delete on public.profiles
for each row execute function private.leave_rooms_of_profile();
