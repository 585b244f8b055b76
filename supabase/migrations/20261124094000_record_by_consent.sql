-- Recording by consent: it starts when everybody present has said yes, and ends with the first no. Every change happens
-- under the room's lock, the same that joining and leaving take, so that nobody can come in between.

-- A consent whose person was not there when the recording was asked for: their media waits for their answer.
alter table public.recording_consents add column is_late boolean not null default false;

-- No foreign key: its check would lock other people's profiles after the room, against the order of locks. A trigger
-- below forgets whose account is gone.
alter table public.recording_consents drop constraint recording_consents_user_id_fkey;

-- Recordings that are to be forgotten, the oldest first.
create index recordings_ended_idx on public.recordings (ended_at) where status = 'ended';
-- Requests that may have run out.
create index recordings_requested_idx on public.recordings (requested_at) where status = 'requested';

-- How long a request waits for answers.
alter table private.config add column recording_request_expiry interval not null default '2 minutes';

insert into private.limits (action, max_count, window_length) values ('request_recording', 5, '5 minutes');

-- A recording as those in its room see it. `answers` are those of the people inside, and a no that has ended it.
create function private.recording_details(p_recording_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'id', r.id,
    'status', r.status,
    'requesterId', r.requester_id,
    'startedAt', private.to_iso(r.started_at),
    'endReason', r.end_reason,
    'answers', coalesce((
      select jsonb_agg(jsonb_build_object('userId', c.user_id, 'answer', c.answer) order by c.user_id)
      from public.recording_consents c
      where c.recording_id = r.id and (
        c.answer in ('refused', 'withdrawn')
        or exists (
          select 1 from public.room_participants p
          where p.room_id = r.room_id and p.user_id = c.user_id and p.is_active
        ))
    ), '[]'),
    'serverNow', private.to_iso(clock_timestamp())
  )
  from public.recordings r where r.id = p_recording_id
$$;

-- Tells those in its room how a recording stands.
create function private.tell_recording(p_recording_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_topic text;
begin
  select private.room_topic(o.id, o.channel_epoch) into v_topic
  from public.recordings r join public.rooms o on o.id = r.room_id
  where r.id = p_recording_id and o.is_active;
  if v_topic is not null then
    perform realtime.send(private.recording_details(p_recording_id), 'recording_changed', v_topic, true);
  end if;
end
$$;

-- Ends a recording that has not ended, and tells. The caller holds the room's lock.
create function private.end_recording(p_recording_id uuid, p_reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.recordings r
  set status = 'ended', ended_at = clock_timestamp(), end_reason = p_reason
  where r.id = p_recording_id and r.status <> 'ended';
  if found then
    perform private.tell_recording(p_recording_id);
  end if;
end
$$;

-- True when everybody in a recording's room has said yes to it.
create function private.is_unanimous(p_recording_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select not exists (
    select 1 from public.recordings r
    join public.room_participants p on p.room_id = r.room_id and p.is_active
    left join public.recording_consents c on c.recording_id = r.id and c.user_id = p.user_id
    where r.id = p_recording_id and c.answer is distinct from 'given'
  )
$$;

-- Ends a request that has waited too long, starts one that everybody present has said yes to, and tells how it stands.
-- The caller holds the room's lock.
create function private.settle_recording(p_recording_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_recording public.recordings;
begin
  select * into v_recording from public.recordings r where r.id = p_recording_id;
  if v_recording.status = 'requested' then
    if v_recording.requested_at + (select c.recording_request_expiry from private.config c) < clock_timestamp() then
      perform private.end_recording(p_recording_id, 'timed_out');
      return;
    end if;
    -- SECURITY: the one place where a recording starts.
    update public.recordings r set status = 'recording', started_at = clock_timestamp()
    where r.id = p_recording_id and private.is_unanimous(p_recording_id);
  end if;
  perform private.tell_recording(p_recording_id);
end
$$;

-- A recording that the caller, who must be in its room, may speak about; its room is locked from now on. Refuses with
-- `not_participant` whether or not there is such a recording.
create function private.lock_recording(p_recording_id uuid)
returns public.recordings
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_recording public.recordings;
begin
  select * into v_recording from public.recordings r where r.id = p_recording_id;
  perform private.require_stay(v_recording.room_id);
  perform 1 from public.rooms r where r.id = v_recording.room_id for update;
  -- Asked again under the lock.
  perform private.require_stay(v_recording.room_id);
  select * into v_recording from public.recordings r where r.id = p_recording_id;
  return v_recording;
end
$$;

-- Asks everybody in a room. Asking while there is a recording, or a request, answers that one.
create function private.request_recording(p_room_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
  v_wait_seconds int := private.take_permit(v_stay.user_id, 'request_recording');
  v_id uuid;
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
  insert into public.recordings (room_id, requester_id, requested_at)
  values (p_room_id, v_stay.user_id, clock_timestamp())
  returning id into v_id;
  insert into public.recording_consents (recording_id, user_id, answer, answered_at)
  select v_id, p.user_id,
    case when p.user_id = v_stay.user_id then 'given' else 'pending' end::public.consent_answer,
    case when p.user_id = v_stay.user_id then clock_timestamp() end
  from public.room_participants p where p.room_id = p_room_id and p.is_active;
  perform private.settle_recording(v_id);
  return private.recording_details(v_id);
end
$$;

-- Asks everybody in the caller's room whether it may be recorded, by the caller. Answers the recording.
create function public.request_recording(p_room_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.request_recording(p_room_id)
$$;

-- Notes an answer of the caller, and what follows from it. A no after a yes takes the yes back.
create function private.answer_recording(p_recording_id uuid, p_is_given boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_recording public.recordings;
  v_earlier public.consent_answer;
  v_answer public.consent_answer;
begin
  if p_is_given is null then
    perform private.require_user();
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  v_recording := private.lock_recording(p_recording_id);
  if v_recording.status = 'requested' then
    perform private.settle_recording(p_recording_id);
  end if;
  if not exists (select 1 from public.recordings r where r.id = p_recording_id and r.status <> 'ended') then
    return private.recording_details(p_recording_id);
  end if;
  select c.answer into v_earlier from public.recording_consents c
  where c.recording_id = p_recording_id and c.user_id = (select auth.uid());
  v_answer := case when p_is_given then 'given' when v_earlier = 'given' then 'withdrawn' else 'refused' end;
  if v_answer is distinct from v_earlier then
    insert into public.recording_consents (recording_id, user_id, answer, answered_at)
    values (p_recording_id, (select auth.uid()), v_answer, clock_timestamp())
    on conflict (recording_id, user_id) do update set answer = excluded.answer, answered_at = excluded.answered_at;
    if p_is_given then
      perform private.settle_recording(p_recording_id);
    else
      perform private.end_recording(p_recording_id, v_answer::text);
    end if;
  end if;
  return private.recording_details(p_recording_id);
end
$$;

-- Says yes or no to a recording of the caller's room. It starts when the last one present says yes; a no ends it at
-- once, also while it runs. Answers the recording; an answer that comes too late changes nothing.
create function public.answer_recording(p_recording_id uuid, p_is_given boolean)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.answer_recording(p_recording_id, p_is_given)
$$;

create function private.withdraw_consent(p_recording_id uuid)
returns jsonb
language sql
security definer
set search_path = ''
as $$
  select private.answer_recording(p_recording_id, false)
$$;

-- Takes the caller's yes back: the recording ends at once. Answers the recording.
create function public.withdraw_consent(p_recording_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.withdraw_consent(p_recording_id)
$$;

create function private.stop_recording(p_recording_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_recording public.recordings := private.lock_recording(p_recording_id);
begin
  if v_recording.requester_id is distinct from (select auth.uid()) and not exists (
    select 1 from public.rooms r where r.id = v_recording.room_id and r.creator_id = (select auth.uid())
  ) then
    raise sqlstate 'PT403' using message = 'not_allowed';
  end if;
  perform private.end_recording(p_recording_id, 'stopped');
  return private.recording_details(p_recording_id);
end
$$;

-- Ends a recording, or a request; by who asked for it, or by the room's creator, inside. Answers the recording.
create function public.stop_recording(p_recording_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.stop_recording(p_recording_id)
$$;

-- SECURITY: the only permission to record. See public.may_record.
create function private.may_record(p_recording_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select 1 from public.recordings r
    join public.room_participants p on p.room_id = r.room_id and p.user_id = r.requester_id and p.is_active
    where r.id = p_recording_id and r.status = 'recording' and r.requester_id = (select auth.uid())
  ) and private.is_unanimous(p_recording_id)
$$;

-- True for the person who asked for a recording, while it runs and everybody in the room has said yes to it. False while
-- somebody who came later has not answered: the recorder pauses, and the recording itself runs on.
create function public.may_record(p_recording_id uuid)
returns boolean
language sql
stable
security invoker
set search_path = ''
as $$
  select private.may_record(p_recording_id)
$$;

-- True while a person must answer before any media of theirs may flow: they came after a recording was asked for, or
-- it runs without their yes.
create function private.needs_recording_answer(p_room_id uuid, p_user_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select 1 from public.recordings r
    join public.recording_consents c on c.recording_id = r.id and c.user_id = p_user_id
    where r.room_id = p_room_id and r.status <> 'ended' and c.answer = 'pending'
      and (c.is_late or r.status = 'recording')
  )
$$;

-- The recording of a room, or the request, that has not ended, as one of those inside needs it; null where there is none.
create function private.recording_for(p_room_id uuid, p_user_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select private.recording_details(r.id)
    || jsonb_build_object('needsAnswer', private.needs_recording_answer(p_room_id, p_user_id))
  from public.recordings r where r.room_id = p_room_id and r.status <> 'ended'
$$;

create function private.get_recording(p_room_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select private.recording_for(p_room_id, (private.require_stay(p_room_id)).user_id)
$$;

-- The open recording or request of the caller's room with `needsAnswer`, or null; for coming back after a lost connection.
create function public.get_recording(p_room_id uuid)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.get_recording(p_room_id)
$$;

-- Somebody who comes in while a recording runs, or is asked for, has to be asked, too. An answer that they have given to it
-- before stands: a lost connection is no new question.
create function private.ask_late_joiner()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_id uuid;
begin
  select r.id into v_id from public.recordings r where r.room_id = new.room_id and r.status <> 'ended';
  if found then
    insert into public.recording_consents (recording_id, user_id, is_late) values (v_id, new.user_id, true)
    on conflict do nothing;
    perform private.tell_recording(v_id);
  end if;
  return null;
end
$$;

-- Triggers run in the order of their names: the room is counted, and thereby locked, by then.
create trigger room_participants_recording_joined
after insert on public.room_participants
for each row
when (new.is_active)
execute function private.ask_late_joiner();

-- A recording ends with the stay of who asked for it; an answer that somebody who has left owes is owed no more.
-- A stay that another device takes over is followed by the next one within the transaction: nobody has left.
create function private.settle_recording_of_leaver()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_recording public.recordings;
begin
  select * into v_recording from public.recordings r where r.room_id = new.room_id and r.status <> 'ended';
  if not found then
    return null;
  end if;
  if new.left_reason = 'closed' then
    perform private.end_recording(v_recording.id, 'room_closed');
  elsif v_recording.requester_id is not distinct from new.user_id then
    perform private.end_recording(v_recording.id, 'requester_left');
  elsif new.left_reason <> 'replaced' then
    perform private.settle_recording(v_recording.id);
  end if;
  return null;
end
$$;

create trigger room_participants_recording_left
after update of is_active on public.room_participants
for each row
when (old.is_active and not new.is_active)
execute function private.settle_recording_of_leaver();

-- Every minute: ends requests that nobody has answered in time, and forgets recordings and answers of 30 days ago.
create function private.prune_recordings()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_id uuid;
  v_count int := 0;
  v_deleted int;
begin
  -- A room that is just being changed is left for the next call.
  for v_id in
    select r.id from public.rooms o join public.recordings r on r.room_id = o.id
    where r.status = 'requested'
      and r.requested_at < clock_timestamp() - (select c.recording_request_expiry from private.config c)
    order by o.id
    limit 200
    for update of o skip locked
  loop
    perform private.settle_recording(v_id);
    v_count := v_count + 1;
  end loop;
  delete from public.recordings r
  where r.id in (
    select o.id from public.recordings o
    where o.status = 'ended' and o.ended_at < now() - interval '30 days'
    order by o.ended_at
    limit 2000
    for update skip locked
  );
  get diagnostics v_deleted = row_count;
  return v_count + v_deleted;
end
$$;

-- Whose account is gone has no answers.
create function private.forget_consents_of_profile()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from public.recording_consents c where c.user_id = old.id;
  return null;
end
$$;

create trigger profiles_forget_consents
after delete on public.profiles
for each row execute function private.forget_consents_of_profile();

grant select on public.recordings, public.recording_consents to authenticated;
grant select, insert, update, delete on public.recordings, public.recording_consents to service_role;

create policy "people see the recordings of rooms they are in"
on public.recordings for select to authenticated
using (room_id in (select private.my_room_ids()));

create policy "people see the answers to recordings of rooms they are in"
on public.recording_consents for select to authenticated
using (recording_id in (
  select r.id from public.recordings r where r.room_id in (select private.my_room_ids())
));

grant execute on function private.request_recording(uuid) to authenticated;
grant execute on function public.request_recording(uuid) to authenticated;
grant execute on function private.answer_recording(uuid, boolean) to authenticated;
grant execute on function public.answer_recording(uuid, boolean) to authenticated;
grant execute on function private.withdraw_consent(uuid) to authenticated;
grant execute on function public.withdraw_consent(uuid) to authenticated;
grant execute on function private.stop_recording(uuid) to authenticated;
grant execute on function public.stop_recording(uuid) to authenticated;
grant execute on function private.may_record(uuid) to authenticated;
grant execute on function public.may_record(uuid) to authenticated;
grant execute on function private.get_recording(uuid) to authenticated;
grant execute on function public.get_recording(uuid) to authenticated;
