-- Joining and leaving. The order of locks is always: the person's profile, their permits, the room, its participants.

-- Ends one stay. The trigger on room_participants counts and tells the others.
create function private.end_stay(p_participant_id uuid, p_reason text)
returns void
language sql
security definer
set search_path = ''
as $$
  update public.room_participants p
  set is_active = false, left_at = clock_timestamp(), left_reason = p_reason
  where p.id = p_participant_id and p.is_active
$$;

-- True when the caller may enter without a password: the creator, those who are in it already, and everybody where the
-- room is public and has no password.
create function private.may_enter_freely(p_room public.rooms, p_user_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(
    p_room.creator_id = p_user_id
    or (p_room.privacy = 'public' and not p_room.has_password)
    or exists (
      select 1 from public.room_participants p
      where p.room_id = p_room.id and p.user_id = p_user_id and p.is_active
    ), false)
$$;

-- Null when the password opens the room, else the refusal.
-- SECURITY: a room that does not exist, one that is hidden and a wrong password take the same steps: a permit is taken
-- before any hashing, then exactly one hash is computed, and the answer is the same. Only the right password gives its
-- permit back.
create function private.check_password(p_room_id uuid, p_user_id uuid, p_password text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_password text := coalesce(p_password, '');
  v_wait_seconds int := private.take_permit(p_user_id, 'wrong_password');
  v_hash text;
  v_decoy text;
  v_is_equal boolean;
begin
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  select s.password_hash into v_hash from private.room_secrets s where s.room_id = p_room_id;
  select c.decoy_hash into strict v_decoy from private.config c;
  v_is_equal := extensions.crypt(v_password, coalesce(v_hash, v_decoy)) = coalesce(v_hash, v_decoy);
  -- bcrypt reads 72 bytes: a longer password only shares its beginning with the right one.
  if v_hash is null or not v_is_equal or octet_length(v_password) > 72 then
    return jsonb_build_object('refusal', 'room_unavailable');
  end if;
  perform private.return_permit(p_user_id, 'wrong_password');
  return null;
end
$$;

-- What somebody who has just joined needs to know, in one answer.
create function private.join_answer(p_room_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'room', private.room_details(r),
    'participants', private.participants_of(r.id),
    'topology', r.topology,
    'epoch', r.topology_epoch,
    'channel', private.room_topic(r.id, r.channel_epoch)
  )
  from public.rooms r where r.id = p_room_id
$$;

-- Puts an authorised person into a room, under the room's lock: capacity is never exceeded, an earlier stay of the same
-- person ends with 'replaced', and `joined_at` is later than everybody's who is in. Null, or the refusal.
create function private.admit_participant(p_room_id uuid, p_user_id uuid, p_connection_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room public.rooms;
  v_earlier public.room_participants;
  v_capacity int;
begin
  select * into v_room from public.rooms r where r.id = p_room_id for update;
  if not found or not v_room.is_active then
    return jsonb_build_object('refusal', 'room_closed');
  end if;

  select * into v_earlier from public.room_participants p
  where p.room_id = p_room_id and p.user_id = p_user_id and p.is_active;
  if v_earlier.connection_id = p_connection_id then
    update public.room_participants p set last_seen_at = now() where p.id = v_earlier.id;
    return null;
  end if;

  -- SECURITY: nobody joins as the connection of somebody else.
  if exists (
    select 1 from public.room_participants p
    where p.room_id = p_room_id and p.connection_id = p_connection_id and p.is_active
  ) then
    return jsonb_build_object('refusal', 'invalid_input');
  end if;

  v_capacity := private.room_capacity(v_room);
  if v_room.participant_count - (v_earlier.id is not null)::int >= v_capacity then
    return jsonb_build_object(
      'refusal', 'room_full', 'capacity', v_capacity, 'needsSfu', v_capacity < v_room.max_participants);
  end if;

  if v_earlier.id is not null then
    perform private.end_stay(v_earlier.id, 'replaced');
  end if;
  insert into public.room_participants (room_id, user_id, connection_id, joined_at)
  select p_room_id, p_user_id, p_connection_id, greatest(
    date_trunc('milliseconds', clock_timestamp()),
    (select max(p.joined_at) + interval '1 millisecond' from public.room_participants p
     where p.room_id = p_room_id and (p.is_active or p.id = v_earlier.id)));
  return null;
end
$$;

-- Joins, or answers `{refusal, …}`. A refusal is an answer and no exception, because what was counted for it must stay.
-- Joining again with the connection of one's current or expired stay is a retry: it is not counted and changes nothing
-- that is right already. A connection that another one has replaced stays replaced, so that two devices cannot take a
-- room from each other for ever.
create function private.join_room(p_room_id uuid, p_connection_id uuid, p_password text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_last public.room_participants;
  v_room public.rooms;
  v_is_retry boolean;
  v_wait_seconds int;
  v_refusal jsonb;
begin
  if p_room_id is null or p_connection_id is null then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  -- An account that is being deleted leaves its rooms; the stay to come refers to the profile.
  perform 1 from public.profiles p where p.id = v_user_id for key share;
  select * into v_last from public.room_participants p
  where p.user_id = v_user_id and p.connection_id = p_connection_id and p.room_id = p_room_id
  order by p.joined_at desc limit 1;
  if v_last.left_reason = 'replaced' then
    return jsonb_build_object('refusal', 'not_participant', 'reason', 'replaced');
  end if;

  v_is_retry := coalesce(v_last.is_active or v_last.left_reason = 'expired', false);
  if not v_is_retry then
    v_wait_seconds := private.take_permit(v_user_id, 'join_room');
    if v_wait_seconds > 0 then
      return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
    end if;
  end if;

  select * into v_room from public.rooms r where r.id = p_room_id;
  if not private.may_enter_freely(v_room, v_user_id) then
    v_refusal := private.check_password(p_room_id, v_user_id, p_password);
  end if;
  v_refusal := coalesce(v_refusal, private.admit_participant(p_room_id, v_user_id, p_connection_id));
  if v_refusal is null then
    return private.join_answer(p_room_id);
  end if;
  if not v_is_retry then
    perform private.return_permit(v_user_id, 'join_room');
  end if;
  return v_refusal;
end
$$;

-- Joins a room: `{room, participants, topology, epoch, channel}`, or `{refusal, …}`.
create function public.join_room(p_room_id uuid, p_connection_id uuid, p_password text default null)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.join_room(p_room_id, p_connection_id, p_password)
$$;

-- Ends the caller's stay of this connection. Leaving twice, or a room one is not in, is fine.
create function private.leave_room(p_room_id uuid, p_connection_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
begin
  -- SECURITY: only somebody who is in the room gets to lock it.
  perform 1 from public.rooms r
  where r.id = p_room_id and exists (
    select 1 from public.room_participants p
    where p.room_id = r.id and p.user_id = v_user_id and p.connection_id = p_connection_id and p.is_active
  )
  for update;
  if not found then
    return;
  end if;
  perform private.end_stay(p.id, 'left') from public.room_participants p
  where p.room_id = p_room_id and p.user_id = v_user_id and p.connection_id = p_connection_id and p.is_active;
end
$$;

-- Leaves a room; idempotent. The room lives on without its creator.
create function public.leave_room(p_room_id uuid, p_connection_id uuid)
returns void
language sql
security invoker
set search_path = ''
as $$
  select private.leave_room(p_room_id, p_connection_id)
$$;

grant execute on function private.join_room(uuid, uuid, text) to authenticated;
grant execute on function public.join_room(uuid, uuid, text) to authenticated;
grant execute on function private.leave_room(uuid, uuid) to authenticated;
grant execute on function public.leave_room(uuid, uuid) to authenticated;
