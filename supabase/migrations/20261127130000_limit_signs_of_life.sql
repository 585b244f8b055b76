-- How often what every client repeats by itself may come: heartbeats, changes of what somebody sends, joining again. No client
-- of ours comes near: it beats every 30 s, and once more for each outage; it says what it sends at most twice a second; it joins
-- again after a second at the soonest. What a program sends in a loop is refused before it is written.

insert into private.limits (action, max_count, window_length) values
  ('heartbeat', 30, '30 seconds'),
  ('change_media', 300, '1 minute'),
  ('join_again', 60, '1 minute');

-- Counted where the same statement writes anyway, so that a heartbeat stays one write of one row. By connection: two devices of a
-- person have a count each. A window begins with the first of its calls.
alter table public.room_participants
  add column heartbeats smallint not null default 0,
  add column heartbeats_since timestamptz not null default 'epoch',
  add column media_changes smallint not null default 0,
  add column media_changes_since timestamptz not null default 'epoch';
comment on column public.room_participants.heartbeats is 'Heartbeats in the window that began at heartbeats_since.';
comment on column public.room_participants.media_changes is 'Changes of media_state in the window that began at media_changes_since.';

-- Refuses with `rate_limited`; the seconds to wait go along as the error's detail. For what leaves no trace: an exception undoes
-- everything.
create function private.raise_too_often(p_window_began_at timestamptz, p_limit private.limits)
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise sqlstate 'PT429' using
    message = 'rate_limited',
    detail = greatest(1, ceil(extract(epoch from p_window_began_at + p_limit.window_length - now())))::int::text;
end
$$;

-- Says that a connection is still here; answers whether it still counts as in, and if not, whether another one of the same
-- person has taken over. Too often is `rate_limited`, and no sign of life.
create or replace function private.heartbeat(p_room_id uuid, p_connection_id uuid)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_limit private.limits;
  v_stay public.room_participants;
begin
  select * into strict v_limit from private.limits l where l.action = 'heartbeat';
  update public.room_participants p
  set last_seen_at = now(),
      heartbeats = case when p.heartbeats_since > now() - v_limit.window_length then p.heartbeats + 1 else 1 end,
      heartbeats_since = case when p.heartbeats_since > now() - v_limit.window_length then p.heartbeats_since else now() end
  where p.room_id = p_room_id and p.user_id = v_user_id and p.connection_id = p_connection_id and p.is_active
    and (p.heartbeats < v_limit.max_count or p.heartbeats_since <= now() - v_limit.window_length);
  if found then
    return 'present';
  end if;
  select * into v_stay from public.room_participants p
  where p.room_id = p_room_id and p.user_id = v_user_id and p.connection_id = p_connection_id
  order by p.joined_at desc limit 1;
  if v_stay.is_active then
    perform private.raise_too_often(v_stay.heartbeats_since, v_limit);
  end if;
  return case when v_stay.left_reason = 'replaced' then 'replaced' else 'gone' end;
end
$$;

-- Persists what the caller sends. What the room's settings do not allow is `not_allowed`: nothing is wrong with the
-- request. They are read once the stay's row is held: a change of settings that came first is seen, and one that comes
-- later waits and has the last word. Too often is `rate_limited`, and changes nothing.
create or replace function private.set_media_state(
  p_room_id uuid,
  p_is_muted boolean,
  p_is_video_off boolean,
  p_is_screensharing boolean
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
  v_limit private.limits;
begin
  if p_is_muted is null or p_is_video_off is null or p_is_screensharing is null then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  select * into strict v_limit from private.limits l where l.action = 'change_media';
  update public.room_participants p
  set media_state = p.media_state || jsonb_build_object(
        'is_muted', p_is_muted, 'is_video_off', p_is_video_off, 'is_screensharing', p_is_screensharing),
      last_seen_at = now(),
      media_changes = case when p.media_changes_since > now() - v_limit.window_length then p.media_changes + 1 else 1 end,
      media_changes_since =
        case when p.media_changes_since > now() - v_limit.window_length then p.media_changes_since else now() end
  where p.id = v_stay.id and p.is_active
    and (p.media_changes < v_limit.max_count or p.media_changes_since <= now() - v_limit.window_length);
  if not found then
    -- Or the stay has just ended, of which the next heartbeat tells.
    select * into v_stay from public.room_participants p where p.id = v_stay.id;
    if v_stay.is_active then
      perform private.raise_too_often(v_stay.media_changes_since, v_limit);
    end if;
  end if;
  if exists (
    select 1 from public.rooms r
    where r.id = p_room_id
      and ((not p_is_video_off and not (r.settings -> 'allow_video')::boolean)
        or (p_is_screensharing and not (r.settings -> 'allow_screenshare')::boolean))
  ) then
    raise sqlstate 'PT403' using message = 'not_allowed';
  end if;
end
$$;

-- Joins, or answers `{refusal, …}`. A refusal is an answer and no exception, because what was counted for it must stay.
-- Joining again with the connection of one's current or expired stay is a retry: it has a wider limit of its own, and changes
-- nothing that is right already. A connection that another one has replaced stays replaced, so that two devices cannot take a
-- room from each other for ever.
create or replace function private.join_room(
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
  v_wait_seconds := private.take_permit(v_user_id, case when v_is_retry then 'join_again' else 'join_room' end);
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;

  -- Asked after the permit: of two joins of one person, the later one finds what the earlier one has made.
  select * into v_room from public.rooms r where r.id = p_room_id;
  if v_is_barred or not private.may_enter_freely(v_room, v_user_id) then
    v_key := private.find_key(p_room_id, v_user_id, v_is_barred, p_password, p_invite_code);
    v_refusal := case when v_key ? 'refusal' then v_key end;
  end if;
  -- Permits are taken before rooms are locked; asking again and again is asking, too.
  if v_key is not null and v_refusal is null and private.needs_admission(v_room) then
    v_refusal := private.refuse_too_often(v_user_id, 'ask_admission');
  end if;
  v_refusal := coalesce(v_refusal, private.admit_participant(
    p_room_id, v_user_id, p_connection_id, coalesce(p_supports_sfu, false), v_key is not null));
  if v_refusal is null then
    if v_key is not null then
      perform private.add_member_by_key(p_room_id, v_user_id, v_key);
    end if;
    return private.join_answer(p_room_id);
  end if;
  if v_refusal ->> 'refusal' = 'admission_needed' then
    v_refusal := private.ask_admission(p_room_id, v_user_id, (v_key ->> 'inviteId')::uuid);
  end if;
  if not v_is_retry then
    perform private.return_permit(v_user_id, 'join_room');
  end if;
  return v_refusal;
end
$$;
