-- Deadlocks that people could run into who joined, deleted accounts and recorded at the same moment. The order of locks is
-- always: the person's profile, their permits, an invite, the rooms by their ids, their participants.

-- An account that is deleted leaves its rooms like a person who leaves. Its invites, and every room that its deletion will
-- change, are locked before anything is done: else the foreign keys would lock them one by one, invites after rooms.
create or replace function private.leave_rooms_of_profile()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform 1 from public.room_invites i where i.creator_id = old.id order by i.id for update;
  perform 1 from public.rooms r
  where r.creator_id = old.id
    or r.id in (select p.room_id from public.room_participants p where p.user_id = old.id and p.is_active)
  order by r.id
  for update;
  update public.room_participants p
  set is_active = false, left_at = clock_timestamp(), left_reason = 'left'
  where p.user_id = old.id and p.is_active;
  return old;
end
$$;

-- As before, but the caller's account is held first: their answer will refer to it.
create or replace function private.lock_recording(p_recording_id uuid)
returns public.recordings
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_recording public.recordings;
begin
  perform private.hold_own_profile(private.require_user());
  select * into v_recording from public.recordings r where r.id = p_recording_id;
  perform private.require_stay(v_recording.room_id);
  perform 1 from public.rooms r where r.id = v_recording.room_id for update;
  -- Asked again under the lock.
  perform private.require_stay(v_recording.room_id);
  select * into v_recording from public.recordings r where r.id = p_recording_id;
  return v_recording;
end
$$;

-- As before, but whose account is just being deleted is not asked: they leave the room with it, and waiting for them under
-- the room's lock could be waiting for each other. Until they have left, the recording lacks their yes and does not start.
create or replace function private.request_recording(p_room_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
  v_wait_seconds int := private.take_permit(v_stay.user_id, 'request_recording');
  v_id uuid;
  v_asked_ids uuid[];
begin
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  perform 1 from public.rooms r where r.id = p_room_id for update;
  perform private.require_stay(p_room_id);
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
