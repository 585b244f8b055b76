-- Whether a room may be recorded: a setting of its creator's. Rooms without it are as before, and may be.

-- The settings a client may choose, over the defaults. Refuses with `invalid_input` what is not a boolean.
create or replace function private.chosen_settings(p_settings jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_settings jsonb := '{"allow_chat": true, "allow_video": true, "allow_screenshare": true, "allow_timer_control": true, "allow_recording": true, "waiting_room": false}'::jsonb
    || private.to_object(p_settings);
begin
  if not private.has_booleans(v_settings, 'allow_chat', 'allow_video', 'allow_screenshare', 'allow_timer_control',
      'allow_recording', 'waiting_room')
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
    ('allowRecording', 'allow_recording'), ('waitingRoom', 'waiting_room')) as n (written, stored)
    on n.written = s.key;
  if exists (
    select 1 from jsonb_each(v_settings) as s (key, value)
    where s.key not in ('allow_chat', 'allow_video', 'allow_screenshare', 'allow_timer_control', 'allow_recording',
        'waiting_room')
      or jsonb_typeof(s.value) <> 'boolean'
  ) then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return v_settings;
end
$$;

-- True where a room's settings let it be recorded.
create function private.allows_recording(p_settings jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(p_settings -> 'allow_recording' <> 'false', true)
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
      'allowRecording', private.allows_recording(p_room.settings),
      'waitingRoom', coalesce(p_room.settings -> 'waiting_room', 'false')
    )
  )
$$;

-- As before, but `not_allowed` where the room's settings forbid it; asked under the lock, so that a change holds at once.
create or replace function private.request_recording(p_room_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
  v_wait_seconds int := private.take_permit(v_stay.user_id, 'request_recording');
  v_settings jsonb;
  v_id uuid;
  v_asked_ids uuid[];
begin
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  select r.settings into v_settings from public.rooms r where r.id = p_room_id for update;
  perform private.require_stay(p_room_id);
  if not private.allows_recording(v_settings) then
    raise sqlstate 'PT403' using message = 'not_allowed';
  end if;
  select r.id into v_id from public.recordings r where r.room_id = p_room_id and r.status <> 'ended';
  if found then
    perform private.settle_recording(v_id);
    if exists (select 1 from public.recordings r where r.id = v_id and r.status <> 'ended') then
      return private.recording_details(v_id);
    end if;
  end if;
  v_asked_ids := array(
    select f.id from public.profiles f
    where f.id in (select p.user_id from public.room_participants p where p.room_id = p_room_id and p.is_active)
    order by f.id
    for key share skip locked
  );
  insert into public.recordings (room_id, requester_id, requested_at)
  values (p_room_id, v_stay.user_id, clock_timestamp())
  returning id into v_id;
  insert into public.recording_consents (recording_id, user_id, answer, answered_at)
  select v_id, a.id,
    case when a.id = v_stay.user_id then 'given' else 'pending' end::public.consent_answer,
    case when a.id = v_stay.user_id then clock_timestamp() end
  from unnest(v_asked_ids) as a (id);
  perform private.settle_recording(v_id);
  return private.recording_details(v_id);
end
$$;

-- Asks everybody in the caller's room to agree to being recorded. Answers the recording, or the refusal
-- `{refusal: 'rate_limited', …}`; `not_allowed` where the room's settings forbid it. A room has one request or recording at a time:
-- a second request answers the first.
create or replace function public.request_recording(p_room_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.request_recording(p_room_id)
$$;

-- A room that may be recorded no more is recorded no more: what is asked for, or runs, ends with the change, under the room's lock.
create function private.end_recording_by_settings()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.end_recording(r.id, 'stopped') from public.recordings r
  where r.room_id = new.id and r.status <> 'ended';
  return null;
end
$$;

create trigger rooms_end_recording
after update of settings on public.rooms
for each row
when (new.settings -> 'allow_recording' = 'false' and old.settings is distinct from new.settings)
execute function private.end_recording_by_settings();
