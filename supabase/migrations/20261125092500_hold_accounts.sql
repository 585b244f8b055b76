-- Whoever acts holds their account, and a deletion waits for it and keeps it, before anything else. The profile's own row
-- cannot serve for that: a transaction that changes a room twice refers anew to the profile of its creator, under the
-- room's lock, and would wait for a deletion that waits for the room.

-- What stands for an account among PostgreSQL's advisory locks.
create function private.account_lock(p_user_id uuid)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select hashtextextended('account ' || p_user_id::text, 0)
$$;

-- Holds the caller's account and profile until the transaction ends; first of all locks. Refuses whose account is gone.
create or replace function private.hold_own_profile(p_user_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock_shared(private.account_lock(p_user_id));
  perform 1 from public.profiles p where p.id = p_user_id for key share;
  if not found then
    raise sqlstate 'PT401' using message = 'not_signed_in';
  end if;
end
$$;

-- Holds somebody's account and profile, and answers whether there is one. It never waits: whose account is just being
-- deleted counts as gone.
create or replace function private.hold_profile(p_user_id uuid)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  if not pg_try_advisory_xact_lock_shared(private.account_lock(p_user_id)) then
    return false;
  end if;
  perform 1 from public.profiles p where p.id = p_user_id for key share skip locked;
  return found;
end
$$;

-- As before, but nothing is held before the account, which the permit takes.
create or replace function private.send_message(p_room_id uuid, p_body text, p_client_message_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
  v_body text;
  v_message public.messages;
  v_room public.rooms;
  v_wait_seconds int;
begin
  -- A character has at most four bytes; what is far too long is not even cleaned.
  if p_client_message_id is null or octet_length(p_body) > 16000 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  v_body := private.clean_text(p_body);
  if char_length(v_body) not between 1 and 2000 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  -- Holding the permit's row lets a retry that comes at the same time wait for the first one.
  v_wait_seconds := private.take_permit(v_stay.user_id, 'send_message');
  select * into v_message from public.messages m
  where m.author_id = v_stay.user_id and m.room_id = p_room_id and m.client_message_id = p_client_message_id;
  if found then
    if v_wait_seconds = 0 then
      perform private.return_permit(v_stay.user_id, 'send_message');
    end if;
    return private.message_details(v_message);
  end if;
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  -- SECURITY: whoever was removed or left meanwhile writes nothing, and nobody is removed until this is written.
  select * into v_room from public.rooms r where r.id = p_room_id and r.is_active for key share;
  perform private.require_stay(p_room_id);
  if v_room.id is null then
    raise sqlstate 'PT403' using message = 'not_participant';
  end if;
  if not (v_room.settings -> 'allow_chat')::boolean then
    raise sqlstate 'PT403' using message = 'not_allowed';
  end if;
  insert into public.messages (room_id, author_id, client_message_id, body)
  values (p_room_id, v_stay.user_id, p_client_message_id, v_body)
  returning * into v_message;
  return private.message_details(v_message);
end
$$;

-- As before, but nothing is held before the account, which the permit takes.
create or replace function private.create_recurring_room(
  p_name text,
  p_rrule text,
  p_starts_at text,
  p_time_zone text,
  p_duration_minutes int,
  p_privacy public.room_privacy,
  p_tags text[],
  p_max_participants int,
  p_settings jsonb
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_room public.recurring_rooms;
  v_wait_seconds int;
begin
  v_room.name := p_name;
  v_room.rrule := p_rrule;
  v_room.starts_at := private.to_wall_clock(p_starts_at);
  v_room.time_zone := p_time_zone;
  v_room.duration_minutes := p_duration_minutes;
  v_room.privacy := p_privacy;
  v_room.tags := p_tags;
  v_room.max_participants := p_max_participants;
  v_room.settings := private.chosen_settings(p_settings);
  v_room := private.clean_recurring_room(v_room);

  -- Holding the permit's row keeps rooms that are made at once from slipping past the limit of 20 together.
  v_wait_seconds := private.take_permit(v_user_id, 'create_recurring_room');
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  if (select count(*) from public.recurring_rooms r where r.owner_id = v_user_id) >= 20 then
    raise sqlstate 'PT403' using message = 'not_allowed';
  end if;
  insert into public.recurring_rooms (owner_id, name, privacy, tags, settings, max_participants, rrule, starts_at, time_zone,
    duration_minutes, last_day)
  values (v_user_id, v_room.name, v_room.privacy, v_room.tags, v_room.settings, v_room.max_participants, v_room.rrule,
    v_room.starts_at, v_room.time_zone, v_room.duration_minutes, v_room.last_day)
  returning id into v_room.id;
  return jsonb_build_object('recurringRoomId', v_room.id);
end
$$;

-- As before, but nothing is held before the account, which the permit takes.
create or replace function private.open_recurring_room(p_recurring_room_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_wait_seconds int;
  v_recurring public.recurring_rooms;
  v_room_id uuid;
begin
  v_wait_seconds := private.take_permit(v_user_id, 'open_recurring_room');
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  v_recurring := private.lock_recurring_room(p_recurring_room_id, v_user_id, false);
  -- Waits for a room that is just being closed, and then does not find it.
  select r.id into v_room_id from public.rooms r
  where r.recurring_room_id = v_recurring.id and r.is_active
  for update;
  if v_room_id is null then
    insert into public.rooms (name, creator_id, privacy, max_participants, settings, recurring_room_id)
    values (v_recurring.name, v_recurring.owner_id, v_recurring.privacy, v_recurring.max_participants, v_recurring.settings,
      v_recurring.id)
    returning id into v_room_id;
    insert into public.room_tags (room_id, tag) select v_room_id, t from unnest(v_recurring.tags) as t;
  else
    -- Leaves them the whole time to come in before it counts as empty.
    update public.rooms r set empty_since = now() where r.id = v_room_id and r.empty_since is not null;
  end if;
  -- SECURITY: somebody who was banned from the live room, or blocked by its creator, does not become a member of it again.
  if not private.is_barred(v_room_id, v_user_id) then
    insert into public.room_members (room_id, user_id) values (v_room_id, v_user_id) on conflict do nothing;
  end if;
  return jsonb_build_object('roomId', v_room_id);
end
$$;

-- As before, but the recurring room is locked before the invite, as where it is deleted with its invites.
create or replace function private.accept_recurring_invite(p_code text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_code_hash bytea := private.invite_hash(left(p_code, 100));
  v_wait_seconds int;
  v_recurring_room_id uuid;
  v_invite public.recurring_room_invites;
  v_owner_id uuid;
begin
  v_wait_seconds := private.take_permit(v_user_id, 'accept_invite');
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  select i.recurring_room_id into v_recurring_room_id from public.recurring_room_invites i
  where i.code_hash = v_code_hash and i.expires_at > now();
  select r.owner_id into v_owner_id from public.recurring_rooms r where r.id = v_recurring_room_id for no key update;
  -- Asked again under the lock, under which invites are revoked.
  select * into v_invite from public.recurring_room_invites i
  where i.code_hash = v_code_hash and i.expires_at > now()
  for update;
  if v_owner_id is null or v_invite.id is null or exists (
    select 1 from public.blocked_people b where b.blocker_id = v_owner_id and b.blocked_id = v_user_id
  ) then
    return jsonb_build_object('refusal', 'not_found');
  end if;
  if not private.belongs_to_recurring_room(v_invite.recurring_room_id, v_user_id) then
    if v_invite.used_count >= v_invite.max_uses then
      return jsonb_build_object('refusal', 'not_found');
    end if;
    if (select count(*) from public.recurring_room_members m
        where m.recurring_room_id = v_invite.recurring_room_id) >= 100 then
      return jsonb_build_object('refusal', 'room_full');
    end if;
    insert into public.recurring_room_members (recurring_room_id, user_id)
    values (v_invite.recurring_room_id, v_user_id);
    update public.recurring_room_invites i set used_count = i.used_count + 1 where i.id = v_invite.id;
  end if;
  perform private.return_permit(v_user_id, 'accept_invite');
  return jsonb_build_object('recurringRoomId', v_invite.recurring_room_id);
end
$$;

-- As before, but rooms may go on referring to the recurring room: who changes one twice does, under the room's lock.
create or replace function private.lock_recurring_room(p_recurring_room_id uuid, p_user_id uuid, p_is_owner boolean)
returns public.recurring_rooms
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room public.recurring_rooms;
begin
  if private.belongs_to_recurring_room(p_recurring_room_id, p_user_id) then
    select * into v_room from public.recurring_rooms r where r.id = p_recurring_room_id for no key update;
  end if;
  if v_room.id is null or not private.belongs_to_recurring_room(p_recurring_room_id, p_user_id) then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
  if p_is_owner and v_room.owner_id <> p_user_id then
    raise sqlstate 'PT403' using message = 'not_creator';
  end if;
  return v_room;
end
$$;
