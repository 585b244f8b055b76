-- The timer of a room. Nothing ticks: the phase at any moment follows from the anchors by arithmetic, the same here and in
-- src/shared/domain/timer.ts, so that it outlives lost connections, sleep and restarts.

create type public.timer_phase as enum ('focus', 'short_break', 'long_break');

create table public.room_timers (
  room_id uuid primary key references public.rooms (id) on delete cascade,
  -- The phase that was current when the timer was last changed, from phase_started_at until phase_ends_at; later phases
  -- follow it. Whole milliseconds.
  phase public.timer_phase not null,
  -- Which focus phase it is, or which one it follows; 1 to `rounds`.
  round int not null,
  phase_started_at timestamptz not null,
  phase_ends_at timestamptz not null,
  focus_minutes int not null check (focus_minutes between 1 and 180),
  short_break_minutes int not null check (short_break_minutes between 1 and 180),
  long_break_minutes int not null check (long_break_minutes between 1 and 180),
  -- Focus phases before the long break.
  rounds int not null check (rounds between 1 and 12),
  -- True where phases follow each other; else a phase that is over waits for skip_phase.
  is_continuing boolean not null default true,
  -- While this is set the anchors stand still: phase_ends_at - paused_at remains.
  paused_at timestamptz,
  updated_by uuid references public.profiles (id) on delete set null,
  updated_at timestamptz not null default clock_timestamp(),
  constraint room_timers_rounds_are_counted check (round between 1 and rounds),
  constraint room_timers_phases_last check (phase_ends_at > phase_started_at),
  constraint room_timers_pause_within_a_phase check (paused_at between phase_started_at and phase_ends_at)
);
comment on table public.room_timers is 'The timer of a room, as anchors; at most one a room.';
alter table public.room_timers enable row level security;
create index room_timers_updated_by_idx on public.room_timers (updated_by);

insert into private.limits (action, max_count, window_length) values ('change_timer', 30, '1 minute');

-- Milliseconds since 1970.
create function private.to_ms(p_moment timestamptz)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select floor(extract(epoch from p_moment) * 1000)::bigint
$$;

create function private.from_ms(p_ms bigint)
returns timestamptz
language sql
immutable
set search_path = ''
as $$
  select '1970-01-01T00:00:00Z'::timestamptz + p_ms * interval '1 millisecond'
$$;

-- Where in a cycle (focus and short break by turns, then focus and the long break) the phase ends in which the timer was
-- anchored, in milliseconds.
create function private.timer_offset(p_timer public.room_timers)
returns bigint
language sql
immutable
set search_path = ''
as $$
  select case
    when p_timer.phase = 'focus' then
      (p_timer.round - 1) * (p_timer.focus_minutes + p_timer.short_break_minutes) + p_timer.focus_minutes
    when p_timer.phase = 'short_break' and p_timer.round < p_timer.rounds then
      p_timer.round * (p_timer.focus_minutes + p_timer.short_break_minutes)
    else 0
  end * 60000::bigint
$$;

-- The phase of a timer at a moment: `{phase, round, startedAtMs, endsAtMs, remainingMs, isPaused, isOver}`. A moment before
-- the anchor counts as the anchor. The same as `timerAt` of src/shared/domain/timer.ts, to the millisecond.
create function private.timer_at(p_timer public.room_timers, p_moment timestamptz)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_start bigint := private.to_ms(p_timer.phase_started_at);
  v_end bigint := private.to_ms(p_timer.phase_ends_at);
  v_now bigint := greatest(private.to_ms(coalesce(p_timer.paused_at, p_moment)), v_start);
  v_focus bigint := p_timer.focus_minutes * 60000::bigint;
  v_pair bigint := (p_timer.focus_minutes + p_timer.short_break_minutes) * 60000::bigint;
  v_long_at bigint := v_pair * (p_timer.rounds - 1) + v_focus;
  v_cycle bigint := v_long_at + p_timer.long_break_minutes * 60000::bigint;
  v_phase public.timer_phase := p_timer.phase;
  v_round int := p_timer.round;
  v_position bigint;
  v_within bigint;
begin
  if v_now >= v_end and p_timer.is_continuing and p_timer.paused_at is null then
    v_position := (private.timer_offset(p_timer) + v_now - v_end) % v_cycle;
    if v_position >= v_long_at then
      v_phase := 'long_break';
      v_round := p_timer.rounds;
      v_within := v_position - v_long_at;
      v_end := v_now - v_within + v_cycle - v_long_at;
    else
      v_round := v_position / v_pair + 1;
      v_within := v_position % v_pair;
      v_phase := case when v_within < v_focus then 'focus' else 'short_break' end;
      v_within := case when v_within < v_focus then v_within else v_within - v_focus end;
      v_end := v_now - v_within + case when v_phase = 'focus' then v_focus else v_pair - v_focus end;
    end if;
    v_start := v_now - v_within;
  end if;
  return jsonb_build_object(
    'phase', v_phase, 'round', v_round, 'startedAtMs', v_start, 'endsAtMs', v_end,
    'remainingMs', greatest(v_end - v_now, 0), 'isPaused', p_timer.paused_at is not null,
    'isOver', p_timer.paused_at is null and v_now >= v_end
  );
end
$$;

-- Milliseconds of focus from the anchor to a moment. None while the timer is paused, nor once a phase waits for the next.
create function private.timer_focus_ms(p_timer public.room_timers, p_moment timestamptz)
returns bigint
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_start bigint := private.to_ms(p_timer.phase_started_at);
  v_end bigint := private.to_ms(p_timer.phase_ends_at);
  v_now bigint := greatest(private.to_ms(least(p_timer.paused_at, p_moment)), v_start);
  v_focus bigint := p_timer.focus_minutes * 60000::bigint;
  v_pair bigint := (p_timer.focus_minutes + p_timer.short_break_minutes) * 60000::bigint;
  v_long_at bigint := v_pair * (p_timer.rounds - 1) + v_focus;
  v_cycle bigint := v_long_at + p_timer.long_break_minutes * 60000::bigint;
  v_first bigint := case when p_timer.phase = 'focus' then least(v_now, v_end) - v_start else 0 end;
  v_ms bigint[] := '{}';
  v_position bigint;
begin
  if v_now <= v_end or not p_timer.is_continuing then
    return v_first;
  end if;
  -- Focus from the cycle's beginning to a position in it, here and there; cycles are all alike.
  foreach v_position in array array[private.timer_offset(p_timer), private.timer_offset(p_timer) + v_now - v_end] loop
    v_ms := v_ms || (v_position / v_cycle) * p_timer.rounds * v_focus + case
      when v_position % v_cycle >= v_long_at then p_timer.rounds * v_focus
      else ((v_position % v_cycle) / v_pair) * v_focus + least((v_position % v_cycle) % v_pair, v_focus) end;
  end loop;
  return v_first + v_ms[2] - v_ms[1];
end
$$;

-- A timer as clients get it, or null where there is none. With serverNow they need not trust their own clock.
create function private.timer_details(p_room_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'phase', t.phase,
    'round', t.round,
    'phaseStartedAt', private.to_iso(t.phase_started_at),
    'phaseEndsAt', private.to_iso(t.phase_ends_at),
    'focusMinutes', t.focus_minutes,
    'shortBreakMinutes', t.short_break_minutes,
    'longBreakMinutes', t.long_break_minutes,
    'rounds', t.rounds,
    'isContinuing', t.is_continuing,
    'pausedAt', private.to_iso(t.paused_at),
    'updatedBy', t.updated_by,
    'updatedAt', private.to_iso(t.updated_at),
    'serverNow', private.to_iso(clock_timestamp())
  )
  from public.room_timers t where t.room_id = p_room_id
$$;

-- Tells those in a room of its timer, or that there is none any more.
create function private.tell_timer(p_room_id uuid)
returns void
language sql
security definer
set search_path = ''
as $$
  select realtime.send(jsonb_build_object('timer', private.timer_details(r.id)), 'timer_changed',
    private.room_topic(r.id, r.channel_epoch), true)
  from public.rooms r where r.id = p_room_id and r.is_active
$$;

-- Whether the caller may change the timer now: null, with the room locked, or a refusal that leaves its trace. Refuses
-- with `not_participant` outside the room, with `not_allowed` where its settings leave the timer to its creator.
create function private.begin_timer_change(p_room_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
  v_wait_seconds int := private.take_permit(v_stay.user_id, 'change_timer');
  v_room public.rooms;
begin
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  select * into v_room from public.rooms r where r.id = p_room_id for update;
  perform private.require_stay(p_room_id);
  if not coalesce((v_room.settings -> 'allow_timer_control')::boolean, true)
    and v_room.creator_id is distinct from v_stay.user_id then
    raise sqlstate 'PT403' using message = 'not_allowed';
  end if;
  return null;
end
$$;

-- The timer of a room whose lock the caller holds. Refuses with `not_found` where there is none.
create function private.require_timer(p_room_id uuid)
returns public.room_timers
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_timer public.room_timers;
begin
  select * into v_timer from public.room_timers t where t.room_id = p_room_id;
  if not found then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
  return v_timer;
end
$$;

-- Called before a timer changes, under the room's lock; study sessions replace it.
create function private.before_timer_change(p_room_id uuid)
returns void
language sql
security definer
set search_path = ''
as $$
  select
$$;

-- Anchors a timer in a phase and answers it.
create function private.anchor_timer(p_timer public.room_timers)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.before_timer_change(p_timer.room_id);
  p_timer.updated_by := (select auth.uid());
  p_timer.updated_at := clock_timestamp();
  insert into public.room_timers as t select p_timer.*
  on conflict (room_id) do update set
    phase = excluded.phase, round = excluded.round, phase_started_at = excluded.phase_started_at,
    phase_ends_at = excluded.phase_ends_at, focus_minutes = excluded.focus_minutes,
    short_break_minutes = excluded.short_break_minutes, long_break_minutes = excluded.long_break_minutes,
    rounds = excluded.rounds, is_continuing = excluded.is_continuing, paused_at = excluded.paused_at,
    updated_by = excluded.updated_by, updated_at = excluded.updated_at;
  perform private.tell_timer(p_timer.room_id);
  return private.timer_details(p_timer.room_id);
end
$$;

-- The same timer, anchored anew in the phase of this moment.
create function private.reanchor(p_timer public.room_timers, p_moment timestamptz)
returns public.room_timers
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_now jsonb := private.timer_at(p_timer, p_moment);
begin
  p_timer.phase := v_now ->> 'phase';
  p_timer.round := (v_now ->> 'round')::int;
  p_timer.phase_started_at := private.from_ms((v_now ->> 'startedAtMs')::bigint);
  p_timer.phase_ends_at := private.from_ms((v_now ->> 'endsAtMs')::bigint);
  return p_timer;
end
$$;

-- Refuses lengths out of bounds with `invalid_input`.
create function private.check_timer_lengths(p_focus int, p_short_break int, p_long_break int, p_rounds int)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if (p_focus between 1 and 180 and p_short_break between 1 and 180 and p_long_break between 1 and 180
    and p_rounds between 1 and 12) is not true then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
end
$$;

create function private.start_timer(
  p_room_id uuid,
  p_focus_minutes int,
  p_short_break_minutes int,
  p_long_break_minutes int,
  p_rounds int,
  p_is_continuing boolean
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_refusal jsonb := private.begin_timer_change(p_room_id);
  v_now timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_timer public.room_timers;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  perform private.check_timer_lengths(p_focus_minutes, p_short_break_minutes, p_long_break_minutes, p_rounds);
  v_timer.room_id := p_room_id;
  v_timer.phase := 'focus';
  v_timer.round := 1;
  v_timer.phase_started_at := v_now;
  v_timer.phase_ends_at := v_now + p_focus_minutes * interval '1 minute';
  v_timer.focus_minutes := p_focus_minutes;
  v_timer.short_break_minutes := p_short_break_minutes;
  v_timer.long_break_minutes := p_long_break_minutes;
  v_timer.rounds := p_rounds;
  v_timer.is_continuing := coalesce(p_is_continuing, true);
  return private.anchor_timer(v_timer);
end
$$;

-- Starts the room's timer with its first focus phase, also where one runs already. Minutes 1 to 180, rounds 1 to 12.
-- `p_is_continuing`: the next phase begins by itself. Answers the timer.
create function public.start_timer(
  p_room_id uuid,
  p_focus_minutes int default 25,
  p_short_break_minutes int default 5,
  p_long_break_minutes int default 15,
  p_rounds int default 4,
  p_is_continuing boolean default true
)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.start_timer(
    p_room_id, p_focus_minutes, p_short_break_minutes, p_long_break_minutes, p_rounds, p_is_continuing)
$$;

create function private.pause_timer(p_room_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_refusal jsonb := private.begin_timer_change(p_room_id);
  v_now timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_timer public.room_timers;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  v_timer := private.require_timer(p_room_id);
  if v_timer.paused_at is not null then
    return private.timer_details(p_room_id);
  end if;
  v_timer := private.reanchor(v_timer, v_now);
  v_timer.paused_at := least(greatest(v_now, v_timer.phase_started_at), v_timer.phase_ends_at);
  return private.anchor_timer(v_timer);
end
$$;

-- Stops the room's timer where it is, until resume_timer. Answers the timer; pausing twice is fine.
create function public.pause_timer(p_room_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.pause_timer(p_room_id)
$$;

create function private.resume_timer(p_room_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_refusal jsonb := private.begin_timer_change(p_room_id);
  v_now timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_timer public.room_timers;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  v_timer := private.require_timer(p_room_id);
  if v_timer.paused_at is null then
    return private.timer_details(p_room_id);
  end if;
  v_timer.phase_started_at := v_timer.phase_started_at + (v_now - v_timer.paused_at);
  v_timer.phase_ends_at := v_timer.phase_ends_at + (v_now - v_timer.paused_at);
  v_timer.paused_at := null;
  return private.anchor_timer(v_timer);
end
$$;

-- Lets a paused timer go on with what remained. Answers the timer; resuming twice is fine.
create function public.resume_timer(p_room_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.resume_timer(p_room_id)
$$;

create function private.skip_phase(p_room_id uuid, p_phase public.timer_phase, p_round int)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_refusal jsonb := private.begin_timer_change(p_room_id);
  v_now timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_timer public.room_timers;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  v_timer := private.reanchor(private.require_timer(p_room_id), v_now);
  -- Somebody else has skipped it, or it has ended by itself: nothing more is skipped.
  if (p_phase, p_round) is distinct from (v_timer.phase, v_timer.round) then
    return private.timer_details(p_room_id);
  end if;
  case
    when v_timer.phase <> 'focus' then
      v_timer.round := case when v_timer.phase = 'long_break' then 1 else v_timer.round % v_timer.rounds + 1 end;
      v_timer.phase := 'focus';
    when v_timer.round < v_timer.rounds then
      v_timer.phase := 'short_break';
    else
      v_timer.phase := 'long_break';
  end case;
  v_timer.phase_started_at := v_now;
  v_timer.phase_ends_at := v_now + interval '1 minute' * case v_timer.phase
    when 'focus' then v_timer.focus_minutes
    when 'short_break' then v_timer.short_break_minutes
    else v_timer.long_break_minutes end;
  v_timer.paused_at := null;
  return private.anchor_timer(v_timer);
end
$$;

-- Begins the next phase now, if the current one is the one that the caller saw: of two people who skip at once, one
-- does. A paused timer runs again. Answers the timer.
create function public.skip_phase(p_room_id uuid, p_phase public.timer_phase, p_round int)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.skip_phase(p_room_id, p_phase, p_round)
$$;

create function private.set_timer_lengths(
  p_room_id uuid,
  p_focus_minutes int,
  p_short_break_minutes int,
  p_long_break_minutes int,
  p_rounds int,
  p_is_continuing boolean
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_refusal jsonb := private.begin_timer_change(p_room_id);
  v_now timestamptz := date_trunc('milliseconds', clock_timestamp());
  v_timer public.room_timers;
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  perform private.check_timer_lengths(p_focus_minutes, p_short_break_minutes, p_long_break_minutes, p_rounds);
  v_timer := private.reanchor(private.require_timer(p_room_id), v_now);
  v_timer.focus_minutes := p_focus_minutes;
  v_timer.short_break_minutes := p_short_break_minutes;
  v_timer.long_break_minutes := p_long_break_minutes;
  v_timer.rounds := p_rounds;
  v_timer.round := case when v_timer.phase = 'long_break' then p_rounds else least(v_timer.round, p_rounds) end;
  v_timer.is_continuing := coalesce(p_is_continuing, v_timer.is_continuing);
  return private.anchor_timer(v_timer);
end
$$;

-- Changes the lengths from the next phase on; the current one ends when it was going to. Bounds as for start_timer.
-- Answers the timer.
create function public.set_timer_lengths(
  p_room_id uuid,
  p_focus_minutes int,
  p_short_break_minutes int,
  p_long_break_minutes int,
  p_rounds int,
  p_is_continuing boolean default null
)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.set_timer_lengths(
    p_room_id, p_focus_minutes, p_short_break_minutes, p_long_break_minutes, p_rounds, p_is_continuing)
$$;

create function private.stop_timer(p_room_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_refusal jsonb := private.begin_timer_change(p_room_id);
begin
  if v_refusal is not null then
    return v_refusal;
  end if;
  perform private.before_timer_change(p_room_id);
  delete from public.room_timers t where t.room_id = p_room_id;
  if found then
    perform private.tell_timer(p_room_id);
  end if;
  return null;
end
$$;

-- Takes the room's timer away. Null, or a refusal; stopping twice is fine.
create function public.stop_timer(p_room_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.stop_timer(p_room_id)
$$;

create function private.get_timer(p_room_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_stay(p_room_id);
  return private.timer_details(p_room_id);
end
$$;

-- The timer of the caller's room, or null.
create function public.get_timer(p_room_id uuid)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.get_timer(p_room_id)
$$;

revoke all on public.room_timers from anon, authenticated;
grant select on public.room_timers to authenticated;
grant select, insert, update, delete on public.room_timers to service_role;

create policy "people see the timers of rooms they are in"
on public.room_timers for select to authenticated
using (room_id in (select private.my_room_ids()));

grant execute on function private.start_timer(uuid, int, int, int, int, boolean) to authenticated;
grant execute on function public.start_timer(uuid, int, int, int, int, boolean) to authenticated;
grant execute on function private.pause_timer(uuid) to authenticated;
grant execute on function public.pause_timer(uuid) to authenticated;
grant execute on function private.resume_timer(uuid) to authenticated;
grant execute on function public.resume_timer(uuid) to authenticated;
grant execute on function private.skip_phase(uuid, public.timer_phase, int) to authenticated;
grant execute on function public.skip_phase(uuid, public.timer_phase, int) to authenticated;
grant execute on function private.set_timer_lengths(uuid, int, int, int, int, boolean) to authenticated;
grant execute on function public.set_timer_lengths(uuid, int, int, int, int, boolean) to authenticated;
grant execute on function private.stop_timer(uuid) to authenticated;
grant execute on function public.stop_timer(uuid) to authenticated;
grant execute on function private.get_timer(uuid) to authenticated;
grant execute on function public.get_timer(uuid) to authenticated;
