-- The waiting room: a private room whose creator wants it so lets nobody new in before somebody inside has said yes. Who has a good
-- invite or the right password is held at the door; who has neither learns of nothing, as before.

insert into private.limits (action, max_count, window_length) values
  ('ask_admission', 10, '10 minutes'),
  ('wait_for_admission', 60, '1 minute');

-- Who stands at the door of which room, and what was decided.
create table private.admissions (
  room_id uuid not null references public.rooms (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  -- By which they asked: used up when they are let in.
  invite_id uuid references public.room_invites (id) on delete set null,
  asked_at timestamptz not null default clock_timestamp(),
  -- Their client says every few seconds that they still wait.
  seen_at timestamptz not null default clock_timestamp(),
  decision text check (decision in ('admitted', 'refused')),
  decided_at timestamptz,
  primary key (room_id, user_id),
  constraint admissions_are_decided_or_not check ((decision is null) = (decided_at is null))
);
comment on table private.admissions is 'Who asks to come into a private room with a waiting room; forgotten minutes after they stop waiting.';
alter table private.admissions enable row level security;
create index admissions_user_idx on private.admissions (user_id);
create index admissions_invite_idx on private.admissions (invite_id) where invite_id is not null;

-- True where whoever is new has to be let in by somebody inside.
create function private.needs_admission(p_room public.rooms)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(p_room.privacy = 'private' and (p_room.settings -> 'waiting_room')::boolean, false)
$$;

-- True while somebody stands at the door: not decided, seen within 30 seconds, and there for no more than 15 minutes.
create function private.is_waiting(p_admission private.admissions)
returns boolean
language sql
stable
set search_path = ''
as $$
  select p_admission.decision is null
    and p_admission.seen_at > clock_timestamp() - interval '30 seconds'
    and p_admission.asked_at > clock_timestamp() - interval '15 minutes'
$$;

-- Who stands at the door of a room, first come first.
create function private.admissions_of(p_room_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'userId', a.user_id, 'displayName', f.display_name, 'askedAt', private.to_iso(a.asked_at)
  ) order by a.asked_at, a.user_id), '[]')
  from private.admissions a
  join public.profiles f on f.id = a.user_id
  where a.room_id = p_room_id and private.is_waiting(a)
$$;

-- Tells those inside who stands at the door now.
create function private.tell_admissions(p_room_id uuid)
returns void
language sql
security definer
set search_path = ''
as $$
  select private.tell_room(p_room_id, 'admissions_changed',
    jsonb_build_object('admissions', private.admissions_of(p_room_id)))
$$;

-- Holds somebody at the door, who has shown a key; the caller holds the room's lock. Answers the refusal: `admission_needed`, or
-- `admission_refused` to whoever was told "not now" within 5 minutes. At most 20 wait at a time.
create function private.ask_admission(p_room_id uuid, p_user_id uuid, p_invite_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_admission private.admissions;
begin
  select * into v_admission from private.admissions a where a.room_id = p_room_id and a.user_id = p_user_id for update;
  if v_admission.decision = 'refused' and v_admission.decided_at > clock_timestamp() - interval '5 minutes' then
    return jsonb_build_object('refusal', 'admission_refused');
  end if;
  if private.is_waiting(v_admission) then
    update private.admissions a set seen_at = clock_timestamp() where a.room_id = p_room_id and a.user_id = p_user_id;
    return jsonb_build_object('refusal', 'admission_needed');
  end if;
  if (select count(*) from private.admissions a where a.room_id = p_room_id and private.is_waiting(a)) >= 20 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', 60);
  end if;
  insert into private.admissions (room_id, user_id, invite_id) values (p_room_id, p_user_id, p_invite_id)
  on conflict (room_id, user_id) do update
  set invite_id = excluded.invite_id, asked_at = clock_timestamp(), seen_at = clock_timestamp(), decision = null,
      decided_at = null;
  perform private.tell_admissions(p_room_id);
  return jsonb_build_object('refusal', 'admission_needed');
end
$$;

-- Puts a person into a room, under the room's lock: capacity is never exceeded, an earlier stay of the same person ends
-- with 'replaced', and `joined_at` is later than everybody's who is in. Null, or the refusal.
-- `p_has_key`: a password or an invite has opened the room; without one it must be open to the person still.
create or replace function private.admit_participant(
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

  -- A key opens the way to the door; somebody inside opens the door. Asked under the lock, where nobody can change either.
  if p_has_key and private.needs_admission(v_room) and not private.may_enter_freely(v_room, p_user_id) then
    return jsonb_build_object('refusal', 'admission_needed');
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

-- Joins, or answers `{refusal, …}`. A refusal is an answer and no exception, because what was counted for it must stay.
-- Joining again with the connection of one's current or expired stay is a retry: it is not counted and changes nothing
-- that is right already. A connection that another one has replaced stays replaced, so that two devices cannot take a
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

-- How the caller's own asking stands, which also says that they still wait.
-- SECURITY: looks at nothing but what the caller themselves has asked: a hidden room is like one that never was.
create function private.await_admission(p_room_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_refusal jsonb := private.refuse_too_often(v_user_id, 'wait_for_admission');
  v_admission private.admissions;
  v_room public.rooms;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  select * into v_admission from private.admissions a where a.room_id = p_room_id and a.user_id = v_user_id;
  if v_admission.room_id is null or private.is_barred(p_room_id, v_user_id) then
    return '{"state": "none"}';
  end if;
  select * into v_room from public.rooms r where r.id = p_room_id;
  if not v_room.is_active then
    return '{"state": "none"}';
  end if;
  if v_admission.decision is not null then
    return jsonb_build_object('state', v_admission.decision);
  end if;
  if not private.is_waiting(v_admission) then
    return '{"state": "none"}';
  end if;
  -- The room has no door any more: what they have shown opens it.
  if not private.needs_admission(v_room) then
    return '{"state": "admitted"}';
  end if;
  update private.admissions a set seen_at = clock_timestamp()
  where a.room_id = p_room_id and a.user_id = v_user_id and a.decision is null;
  return '{"state": "waiting"}';
end
$$;

-- `{state}` of one's own asking: `waiting`, `admitted` (join again), `refused`, or `none`; or `{refusal, …}`. To be called every
-- few seconds by whoever waits: who is not heard of for 30 seconds waits no more.
create function public.await_admission(p_room_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.await_admission(p_room_id)
$$;

-- Ends the caller's own asking.
create function private.cancel_admission(p_room_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
begin
  perform private.hold_own_profile(v_user_id);
  if not exists (
    select 1 from private.admissions a where a.room_id = p_room_id and a.user_id = v_user_id and a.decision is null
  ) then
    return;
  end if;
  -- Alone: of two who go away at the same moment, the later one tells of both.
  perform 1 from public.rooms r where r.id = p_room_id for update;
  delete from private.admissions a where a.room_id = p_room_id and a.user_id = v_user_id and a.decision is null;
  if found then
    perform private.tell_admissions(p_room_id);
  end if;
end
$$;

-- Takes one's asking back. Idempotent, and silent about whether there was any.
create function public.cancel_admission(p_room_id uuid)
returns void
language sql
security invoker
set search_path = ''
as $$
  select private.cancel_admission(p_room_id)
$$;

-- Who stands at the door of a room that the caller is in.
create function private.list_admissions(p_room_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_stay(p_room_id);
  return private.admissions_of(p_room_id);
end
$$;

-- Who asks to come in: an array of `{userId, displayName, askedAt}`, first come first. For those inside.
create function public.list_admissions(p_room_id uuid)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_admissions(p_room_id)
$$;

-- Decides about somebody at the door, by somebody inside. Locks: both accounts, the permit, the invite, the room.
create function private.decide_admission(p_room_id uuid, p_user_id uuid, p_is_admitted boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
  v_refusal jsonb := private.refuse_moderation(v_stay.user_id, p_user_id);
  v_is_held boolean;
  v_invite_id uuid;
  v_admission private.admissions;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  v_is_held := private.hold_profile(p_user_id);
  select a.invite_id into v_invite_id from private.admissions a where a.room_id = p_room_id and a.user_id = p_user_id;
  perform 1 from public.room_invites i where i.id = v_invite_id for update;
  perform 1 from public.rooms r where r.id = p_room_id for update;
  -- Asked again under the lock: who was removed meanwhile lets nobody in.
  perform private.require_stay(p_room_id);
  select * into v_admission from private.admissions a where a.room_id = p_room_id and a.user_id = p_user_id for update;
  if not v_is_held or not coalesce(private.is_waiting(v_admission), false) or private.is_barred(p_room_id, p_user_id) then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
  if p_is_admitted then
    insert into public.room_members (room_id, user_id) values (p_room_id, p_user_id) on conflict do nothing;
    if found then
      update public.room_invites i set used_count = i.used_count + 1
      where i.id = v_invite_id and i.id = v_admission.invite_id and i.used_count < i.max_uses;
    end if;
  end if;
  update private.admissions a
  set decision = case when p_is_admitted then 'admitted' else 'refused' end, decided_at = clock_timestamp()
  where a.room_id = p_room_id and a.user_id = p_user_id;
  perform private.tell_admissions(p_room_id);
  return '{}';
end
$$;

-- Lets somebody in who waits, and makes them a member, or tells them "not now", for 5 minutes. `{}`, or `{refusal, …}`;
-- `not_found` for whoever does not wait (any more). For those inside.
create function public.decide_admission(p_room_id uuid, p_user_id uuid, p_is_admitted boolean)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.decide_admission(p_room_id, p_user_id, coalesce(p_is_admitted, false))
$$;

-- True of an asking that is over: nobody waits by it, and a decision has been remembered for the 5 minutes that a "not now" holds.
create function private.is_over(p_admission private.admissions)
returns boolean
language sql
stable
set search_path = ''
as $$
  select case when p_admission.decision is null then not private.is_waiting(p_admission)
    else p_admission.decided_at < clock_timestamp() - interval '5 minutes' end
$$;

-- Forgets what is over, in the rooms of at most 1,000 of them a call, tells those inside of whom they saw waiting, and answers how
-- many. Rooms that somebody is changing are left for the next call.
create function private.prune_admissions()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_room_ids uuid[];
  v_told_ids uuid[];
  v_deleted int;
begin
  v_room_ids := array(
    select r.id from public.rooms r
    where r.id in (select a.room_id from private.admissions a where private.is_over(a) order by a.seen_at limit 1000)
    order by r.id
    for key share skip locked
  );
  with gone as (
    delete from private.admissions a where a.room_id = any (v_room_ids) and private.is_over(a) returning a.room_id, a.decision
  )
  select count(*), array_agg(distinct g.room_id) filter (where g.decision is null) into v_deleted, v_told_ids from gone g;
  perform private.tell_admissions(id) from unnest(v_told_ids) as id order by id;
  return v_deleted;
end
$$;

-- The settings a client may choose, over the defaults. Refuses with `invalid_input` what is not a boolean.
create or replace function private.chosen_settings(p_settings jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_settings jsonb := '{"allow_chat": true, "allow_video": true, "allow_screenshare": true, "allow_timer_control": true, "waiting_room": false}'::jsonb
    || private.to_object(p_settings);
begin
  if not private.has_booleans(v_settings, 'allow_chat', 'allow_video', 'allow_screenshare', 'allow_timer_control',
      'waiting_room')
    or octet_length(v_settings::text) > 4096 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return v_settings;
end
$$;

-- The settings that somebody wants changed, with the names under which they are stored; the API's are taken, too.
-- Refuses with `invalid_input` what is unknown or no boolean.
create or replace function private.changed_settings(p_settings jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_settings jsonb;
begin
  select coalesce(jsonb_object_agg(coalesce(n.stored, s.key), s.value), '{}') into v_settings
  from jsonb_each(p_settings) as s (key, value)
  left join (values ('allowChat', 'allow_chat'), ('allowVideo', 'allow_video'),
    ('allowScreenshare', 'allow_screenshare'), ('allowTimerControl', 'allow_timer_control'),
    ('waitingRoom', 'waiting_room')) as n (written, stored)
    on n.written = s.key;
  if exists (
    select 1 from jsonb_each(v_settings) as s (key, value)
    where s.key not in ('allow_chat', 'allow_video', 'allow_screenshare', 'allow_timer_control', 'waiting_room')
      or jsonb_typeof(s.value) <> 'boolean'
  ) then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return v_settings;
end
$$;

-- A room as somebody inside it sees it.
create or replace function private.room_details(p_room public.rooms)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select private.room_summary(p_room) || jsonb_build_object(
    'creatorId', p_room.creator_id,
    'isLocked', p_room.is_locked,
    'recurringRoomId', p_room.recurring_room_id,
    'settings', jsonb_build_object(
      'allowChat', p_room.settings -> 'allow_chat',
      'allowVideo', p_room.settings -> 'allow_video',
      'allowScreenshare', p_room.settings -> 'allow_screenshare',
      'allowTimerControl', coalesce(p_room.settings -> 'allow_timer_control', 'true'),
      'waitingRoom', coalesce(p_room.settings -> 'waiting_room', 'false')
    )
  )
$$;

-- Every room in which a deleted account leaves or changes a row.
create or replace function private.rooms_touched_by(p_user_id uuid)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select r.id from public.rooms r where r.creator_id = p_user_id
  union select p.room_id from public.room_participants p where p.user_id = p_user_id
  union select m.room_id from public.room_members m where m.user_id = p_user_id
  union select b.room_id from public.room_bans b where b.user_id = p_user_id
  union select i.room_id from public.room_invites i where i.creator_id = p_user_id
  union select a.room_id from private.admissions a where a.user_id = p_user_id
  union select m.room_id from public.messages m where m.author_id = p_user_id
  union select t.room_id from public.room_timers t where t.updated_by = p_user_id
  union select c.room_id from public.recordings c where c.requester_id = p_user_id
  union select c.room_id from public.recording_consents a join public.recordings c on c.id = a.recording_id
    where a.user_id = p_user_id
  union select t.room_id from public.reports t where p_user_id in (t.reporter_id, t.reported_id)
  union select e.room_id from public.room_events e where e.user_id = p_user_id
  union select k.room_id from private.idempotency_keys k where k.user_id = p_user_id
  union select r.id from public.recurring_rooms o join public.rooms r on r.recurring_room_id = o.id
    where o.owner_id = p_user_id
$$;

grant execute on function private.await_admission(uuid) to authenticated;
grant execute on function public.await_admission(uuid) to authenticated;
grant execute on function private.cancel_admission(uuid) to authenticated;
grant execute on function public.cancel_admission(uuid) to authenticated;
grant execute on function private.list_admissions(uuid) to authenticated;
grant execute on function public.list_admissions(uuid) to authenticated;
grant execute on function private.decide_admission(uuid, uuid, boolean) to authenticated;
grant execute on function public.decide_admission(uuid, uuid, boolean) to authenticated;
