-- Joining with an invite, and with what a client can do; opening a room once however often that is asked for.
-- The order of locks is always: the person's profile, their permits, an invite, the room, its participants.

drop function public.join_room(uuid, uuid, text);
drop function private.join_room(uuid, uuid, text);
drop function private.admit_participant(uuid, uuid, uuid);
drop function private.check_password(uuid, uuid, text);

-- Keeps a person's account from being deleted until the transaction ends, which always comes before any other lock: whoever
-- deletes an account holds it, and then waits for the person's permits and rooms. Refuses with `not_signed_in` where the
-- account is gone already.
create function private.hold_own_profile(p_user_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform 1 from public.profiles p where p.id = p_user_id for key share;
  if not found then
    raise sqlstate 'PT401' using message = 'not_signed_in';
  end if;
end
$$;

-- What opens a room that is not open to the caller: `{key: 'password'}`, `{key: 'invite', inviteId}`, or the refusal.
-- SECURITY: a room that does not exist, one that is hidden, one that the caller is barred from, a wrong password and a
-- wrong invite take the same steps: a permit is taken before any hashing, then exactly one bcrypt hash is computed, and
-- the answer is the same. Only what opens the room gives its permit back.
create function private.find_key(
  p_room_id uuid,
  p_user_id uuid,
  p_is_barred boolean,
  p_password text,
  p_invite_code text
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_password text := coalesce(p_password, '');
  v_wait_seconds int := private.take_permit(p_user_id, 'wrong_password');
  v_invite_id uuid;
  v_hash text;
  v_decoy text;
  v_is_equal boolean;
  v_key jsonb;
begin
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  v_invite_id := private.lock_invite(p_room_id, p_invite_code);
  select s.password_hash into v_hash from private.room_secrets s where s.room_id = p_room_id;
  select c.decoy_hash into strict v_decoy from private.config c;
  v_is_equal := extensions.crypt(v_password, coalesce(v_hash, v_decoy)) = coalesce(v_hash, v_decoy);
  -- bcrypt reads 72 bytes: a longer password only shares its beginning with the right one.
  v_key := case
    when p_is_barred then null
    when v_hash is not null and v_is_equal and octet_length(v_password) <= 72 then '{"key": "password"}'
    when v_invite_id is not null then jsonb_build_object('key', 'invite', 'inviteId', v_invite_id)
  end;
  if v_key is null then
    return jsonb_build_object('refusal', 'room_unavailable');
  end if;
  perform private.return_permit(p_user_id, 'wrong_password');
  return v_key;
end
$$;

-- Decides, under the room's lock, how media travels once one more is in: null where the person fits in, else the refusal.
-- `p_earlier` is their stay that ends with this one, if there is one.
create function private.make_place(p_room public.rooms, p_earlier public.room_participants, p_supports_sfu boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_config private.config;
  v_others int := p_room.participant_count - (p_earlier.id is not null)::int;
  v_mesh_only_others int := p_room.mesh_only_count - coalesce((not p_earlier.supports_sfu)::int, 0);
  v_capacity int;
begin
  select * into strict v_config from private.config;
  if v_config.has_sfu and p_room.topology = 'sfu' and not p_supports_sfu then
    return jsonb_build_object('refusal', 'sfu_unavailable', 'reason', 'client');
  end if;
  v_capacity := case when v_config.has_sfu and p_supports_sfu and v_mesh_only_others = 0
    then p_room.max_participants
    else least(p_room.max_participants, v_config.mesh_capacity) end;
  if v_others >= v_capacity then
    return jsonb_build_object('refusal', 'room_full', 'capacity', v_capacity,
        'needsSfu', v_capacity < p_room.max_participants)
      -- There is a media server, and somebody's client cannot use it.
      || case when v_config.has_sfu and v_capacity < p_room.max_participants then '{"reason": "client"}' else '{}' end::jsonb;
  end if;
  if p_room.topology = 'mesh' and v_others + 1 > v_config.mesh_capacity then
    perform private.set_topology(p_room.id, 'sfu', false);
  elsif p_room.topology = 'sfu' and not v_config.has_sfu then
    -- The media server is gone, and a mesh carries those who are in.
    perform private.set_topology(p_room.id, 'mesh', false);
  end if;
  return null;
end
$$;

-- Puts a person into a room, under the room's lock: capacity is never exceeded, an earlier stay of the same person ends
-- with 'replaced', and `joined_at` is later than everybody's who is in. Null, or the refusal.
-- `p_has_key`: a password or an invite has opened the room; without one it must be open to the person still.
create function private.admit_participant(
  p_room_id uuid,
  p_user_id uuid,
  p_connection_id uuid,
  p_supports_sfu boolean,
  p_has_key boolean
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room public.rooms;
  v_last public.room_participants;
  v_earlier public.room_participants;
  v_refusal jsonb;
begin
  select * into v_room from public.rooms r where r.id = p_room_id for update;
  -- SECURITY: asked again under the lock, where nobody can be barred at the same moment.
  if not found or private.is_barred(p_room_id, p_user_id)
    or not (p_has_key or private.may_enter_freely(v_room, p_user_id)) then
    return jsonb_build_object('refusal', 'room_unavailable');
  end if;
  if not v_room.is_active then
    return jsonb_build_object('refusal', 'room_closed');
  end if;

  select * into v_last from public.room_participants p
  where p.user_id = p_user_id and p.connection_id = p_connection_id and p.room_id = p_room_id
  order by p.joined_at desc limit 1;
  if v_last.left_reason = 'replaced' then
    return jsonb_build_object('refusal', 'not_participant', 'reason', 'replaced');
  end if;
  select * into v_earlier from public.room_participants p
  where p.room_id = p_room_id and p.user_id = p_user_id and p.is_active;

  -- Who was in it until their connection was lost is nobody new.
  if v_room.is_locked and v_earlier.id is null and v_room.creator_id is distinct from p_user_id
    and v_last.left_reason is distinct from 'expired' then
    return jsonb_build_object('refusal', 'room_locked');
  end if;

  -- SECURITY: nobody joins as the connection of somebody else.
  if exists (
    select 1 from public.room_participants p
    where p.room_id = p_room_id and p.connection_id = p_connection_id and p.is_active and p.user_id <> p_user_id
  ) then
    return jsonb_build_object('refusal', 'invalid_input');
  end if;

  if v_earlier.connection_id = p_connection_id and v_earlier.supports_sfu = p_supports_sfu then
    update public.room_participants p set last_seen_at = now() where p.id = v_earlier.id;
    return null;
  end if;
  v_refusal := private.make_place(v_room, v_earlier, p_supports_sfu);
  if v_refusal is not null then
    return v_refusal;
  end if;
  if v_earlier.connection_id = p_connection_id then
    update public.room_participants p set last_seen_at = now(), supports_sfu = p_supports_sfu where p.id = v_earlier.id;
    return null;
  end if;

  if v_earlier.id is not null then
    perform private.end_stay(v_earlier.id, 'replaced');
  end if;
  insert into public.room_participants (room_id, user_id, connection_id, supports_sfu, joined_at)
  select p_room_id, p_user_id, p_connection_id, p_supports_sfu, greatest(
    date_trunc('milliseconds', clock_timestamp()),
    (select max(p.joined_at) + interval '1 millisecond' from public.room_participants p
     where p.room_id = p_room_id and (p.is_active or p.id = v_earlier.id)));
  return null;
end
$$;

-- Makes somebody who came in by a key a member, so that they need it no more; an invite that did so is used up by one.
-- A password makes members of private rooms only: everybody knows of a public one, and its password may change.
create function private.add_member_by_key(p_room_id uuid, p_user_id uuid, p_key jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.room_members (room_id, user_id)
  select r.id, p_user_id from public.rooms r
  where r.id = p_room_id and (r.privacy = 'private' or p_key ->> 'key' = 'invite')
  on conflict do nothing;
  if found then
    update public.room_invites i set used_count = i.used_count + 1 where i.id = (p_key ->> 'inviteId')::uuid;
  end if;
end
$$;

-- Joins, or answers `{refusal, …}`. A refusal is an answer and no exception, because what was counted for it must stay.
-- Joining again with the connection of one's current or expired stay is a retry: it is not counted and changes nothing
-- that is right already. A connection that another one has replaced stays replaced, so that two devices cannot take a
-- room from each other for ever.
create function private.join_room(
  p_room_id uuid,
  p_connection_id uuid,
  p_password text,
  p_invite_code text,
  p_supports_sfu boolean
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_is_barred boolean;
  v_last public.room_participants;
  v_room public.rooms;
  v_is_retry boolean;
  v_wait_seconds int;
  v_key jsonb;
  v_refusal jsonb;
begin
  if p_room_id is null or p_connection_id is null then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  -- An account that is being deleted leaves its rooms; the stay to come refers to the profile.
  perform private.hold_own_profile(v_user_id);
  select * into v_last from public.room_participants p
  where p.user_id = v_user_id and p.connection_id = p_connection_id and p.room_id = p_room_id
  order by p.joined_at desc limit 1;
  -- SECURITY: to those who are barred it is as if they had never been in the room.
  v_is_barred := private.is_barred(p_room_id, v_user_id);
  v_is_retry := coalesce(v_last.is_active or v_last.left_reason = 'expired', false) and not v_is_barred;
  if v_last.left_reason = 'replaced' and not v_is_barred then
    return jsonb_build_object('refusal', 'not_participant', 'reason', 'replaced');
  end if;
  if not v_is_retry then
    v_wait_seconds := private.take_permit(v_user_id, 'join_room');
    if v_wait_seconds > 0 then
      return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
    end if;
  end if;

  -- Asked after the permit: of two joins of one person, the later one finds what the earlier one has made.
  select * into v_room from public.rooms r where r.id = p_room_id;
  if v_is_barred or not private.may_enter_freely(v_room, v_user_id) then
    v_key := private.find_key(p_room_id, v_user_id, v_is_barred, p_password, p_invite_code);
    v_refusal := case when v_key ? 'refusal' then v_key end;
  end if;
  v_refusal := coalesce(v_refusal, private.admit_participant(
    p_room_id, v_user_id, p_connection_id, coalesce(p_supports_sfu, false), v_key is not null));
  if v_refusal is null then
    if v_key is not null then
      perform private.add_member_by_key(p_room_id, v_user_id, v_key);
    end if;
    return private.join_answer(p_room_id);
  end if;
  if not v_is_retry then
    perform private.return_permit(v_user_id, 'join_room');
  end if;
  return v_refusal;
end
$$;

-- Joins a room: `{room, participants, topology, epoch, channel}`, or `{refusal, …}`. `p_supports_sfu`: this client can
-- meet over the media server.
create function public.join_room(
  p_room_id uuid,
  p_connection_id uuid,
  p_password text default null,
  p_invite_code text default null,
  p_supports_sfu boolean default false
)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.join_room(p_room_id, p_connection_id, p_password, p_invite_code, p_supports_sfu)
$$;

grant execute on function private.join_room(uuid, uuid, text, text, boolean) to authenticated;
grant execute on function public.join_room(uuid, uuid, text, text, boolean) to authenticated;

-- Keys by which a client asks again for what it may have got already.
create table private.idempotency_keys (
  user_id uuid not null references public.profiles (id) on delete cascade,
  key uuid not null,
  -- Null only inside the transaction that opens the room.
  room_id uuid references public.rooms (id) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (user_id, key)
);
comment on table private.idempotency_keys is 'Which room a request to open one has opened; forgotten after 24 hours.';
alter table private.idempotency_keys enable row level security;
create index idempotency_keys_room_idx on private.idempotency_keys (room_id);
create index idempotency_keys_created_idx on private.idempotency_keys (created_at);

drop function public.create_room(text, public.room_privacy, text[], int, jsonb, text);

-- Opens a room, or answers which one this key has opened within the last 24 hours. Two requests with one key at the same
-- time follow one another.
create function private.create_room_once(
  p_name text,
  p_privacy public.room_privacy,
  p_tags text[],
  p_max_participants int,
  p_settings jsonb,
  p_password text,
  p_idempotency_key uuid
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_is_first boolean;
  v_answer jsonb;
begin
  perform private.hold_own_profile(v_user_id);
  insert into private.idempotency_keys as k (user_id, key) values (v_user_id, p_idempotency_key)
  on conflict (user_id, key) do update set room_id = null, created_at = now()
  where k.created_at < now() - interval '24 hours'
  returning true into v_is_first;
  if v_is_first is null then
    return (
      select jsonb_build_object('roomId', k.room_id) from private.idempotency_keys k
      where k.user_id = v_user_id and k.key = p_idempotency_key
    );
  end if;
  v_answer := private.create_room(p_name, p_privacy, p_tags, p_max_participants, p_settings, p_password);
  if v_answer ? 'roomId' then
    update private.idempotency_keys k set room_id = (v_answer ->> 'roomId')::uuid
    where k.user_id = v_user_id and k.key = p_idempotency_key;
  else
    -- Nothing was opened: the key may be tried again.
    delete from private.idempotency_keys k where k.user_id = v_user_id and k.key = p_idempotency_key;
  end if;
  return v_answer;
end
$$;

-- As before, with a key or without.
create function private.create_room(
  p_name text,
  p_privacy public.room_privacy,
  p_tags text[],
  p_max_participants int,
  p_settings jsonb,
  p_password text,
  p_idempotency_key uuid
)
returns jsonb
language sql
security definer
set search_path = ''
as $$
  select case when p_idempotency_key is null
    then private.create_room(p_name, p_privacy, p_tags, p_max_participants, p_settings, p_password)
    else private.create_room_once(
      p_name, p_privacy, p_tags, p_max_participants, p_settings, p_password, p_idempotency_key) end
$$;

-- Opens a room. Settings are those of public.rooms.settings; whatever is left out has its default. The same key of the
-- same person answers the same room for 24 hours, without opening another.
create function public.create_room(
  p_name text,
  p_privacy public.room_privacy default 'public',
  p_tags text[] default '{}',
  p_max_participants int default 50,
  p_settings jsonb default '{}',
  p_password text default null,
  p_idempotency_key uuid default null
)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.create_room(
    p_name, p_privacy, p_tags, p_max_participants, p_settings, p_password, p_idempotency_key)
$$;

revoke execute on function private.create_room(text, public.room_privacy, text[], int, jsonb, text) from authenticated;
grant execute on function private.create_room(text, public.room_privacy, text[], int, jsonb, text, uuid)
to authenticated;
grant execute on function public.create_room(text, public.room_privacy, text[], int, jsonb, text, uuid) to authenticated;
