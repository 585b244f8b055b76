-- What people study, counted from the signs of life that they give in rooms: joining, heartbeats, changes of what they send,
-- leaving. What lies between two signs counts as presence if it is short, whatever it was: a lost connection, a restart,
-- another device, another room. Each moment counts once, however many connections a person has.
--
-- The order of locks goes on behind a room's participants: the person's study clock, their sessions, their credits. There
-- are no foreign keys to profiles: their checks would lock profiles after rooms.

-- Up to how long between two signs of life counts as presence, and after how long unseen a session is over.
alter table private.config
add column study_gap interval not null default '3 minutes',
add column study_expiry interval not null default '30 minutes';

-- How a person says that it went.
create type public.study_outcome as enum ('done', 'partly', 'not_done');

create table public.study_sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null,
  -- What the person means to do; null where they have not said.
  goal text check (char_length(goal) between 1 and 120),
  -- True: those in a room with them read the goal while the session is open.
  shares_goal boolean not null default false,
  started_at timestamptz not null,
  -- When the person was last seen in it; null while it is open.
  ended_at timestamptz,
  -- The check-in; null without one.
  outcome public.study_outcome,
  note text check (char_length(note) between 1 and 500),
  -- Milliseconds in rooms, and those of them in focus.
  present_ms bigint not null default 0,
  focused_ms bigint not null default 0,
  constraint study_sessions_end_after_beginning check (ended_at >= started_at),
  constraint study_sessions_check_in_at_the_end check (outcome is null or ended_at is not null),
  constraint study_sessions_notes_belong_to_check_ins check (note is null or outcome is not null),
  constraint study_sessions_focus_is_presence check (focused_ms between 0 and present_ms)
) with (fillfactor = 80);
comment on table public.study_sessions is 'What people mean to study, how it went, and for how long. Each sees their own alone.';
alter table public.study_sessions enable row level security;

-- SECURITY: at most one open session a person, whatever the functions do.
create unique index study_sessions_one_open_idx on public.study_sessions (user_id) where ended_at is null;
-- A person's sessions, newest first; pages by key.
create index study_sessions_user_idx on public.study_sessions (user_id, started_at desc, id desc);
-- Sessions that are to be forgotten.
create index study_sessions_ended_idx on public.study_sessions (ended_at) where ended_at is not null;

create table private.study_clocks (
  user_id uuid primary key,
  -- Up to when a person's presence is counted; never goes back. Whole milliseconds.
  seen_at timestamptz not null default '-infinity',
  -- The room of the latest sign: what follows, up to the next one, is counted for it. No foreign key: rooms go, and this
  -- is written on every heartbeat.
  room_id uuid
) with (fillfactor = 80);
comment on table private.study_clocks is 'When and where people were last seen; whoever counts for a person locks their row.';
alter table private.study_clocks enable row level security;

-- Midnight is at a quarter of an hour of UTC in every time zone, so quarters belong to whole days everywhere.
create table private.study_credits (
  user_id uuid not null,
  -- The beginning of the quarter of an hour.
  starts_at timestamptz not null,
  -- Those of the room at that time, in order.
  tags text[] not null,
  present_ms int not null,
  focused_ms int not null,
  primary key (user_id, starts_at, tags),
  constraint study_credits_fit_into_a_quarter check (present_ms between 0 and 900000),
  constraint study_credits_focus_is_presence check (focused_ms between 0 and present_ms)
) with (fillfactor = 80);
comment on table private.study_credits is 'Presence and focus of people by quarters of an hour and tags, for two years.';
alter table private.study_credits enable row level security;
-- Credits that are to be forgotten.
create index study_credits_starts_idx on private.study_credits (starts_at);

revoke all on public.study_sessions from anon, authenticated;
grant select on public.study_sessions to authenticated;
grant select, insert, update, delete on public.study_sessions to service_role;

create policy "people see their own study sessions"
on public.study_sessions for select to authenticated
using (user_id = (select auth.uid()));

-- A person's clock, locked until the transaction ends; made where there is none.
create function private.hold_study_clock(p_user_id uuid)
returns private.study_clocks
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_clock private.study_clocks;
begin
  loop
    select * into v_clock from private.study_clocks c where c.user_id = p_user_id for update;
    if found then
      return v_clock;
    end if;
    insert into private.study_clocks (user_id) values (p_user_id) on conflict do nothing;
  end loop;
end
$$;

-- Ends a session when its person was last seen. One of less than a minute, of which they have said nothing, is not kept.
-- The caller holds the clock.
create function private.close_study_session(p_session public.study_sessions, p_seen_at timestamptz)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  if p_session.goal is null and p_session.outcome is null and p_session.present_ms < 60000 then
    delete from public.study_sessions s where s.id = p_session.id;
  else
    update public.study_sessions s set ended_at = greatest(s.started_at, p_seen_at) where s.id = p_session.id;
  end if;
end
$$;

-- The person's open session at a moment. One in which they have not been seen for long is ended first; where there is none,
-- one is opened, from when they were last seen if that is a gap that counts. The caller holds the clock.
create function private.open_study_session(p_clock private.study_clocks, p_moment timestamptz)
returns public.study_sessions
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_session public.study_sessions;
  v_config private.config;
begin
  select * into strict v_config from private.config;
  select * into v_session from public.study_sessions s where s.user_id = p_clock.user_id and s.ended_at is null;
  if found and greatest(v_session.started_at, p_clock.seen_at) < p_moment - v_config.study_expiry then
    perform private.close_study_session(v_session, p_clock.seen_at);
    v_session := null;
  end if;
  if v_session.id is null then
    insert into public.study_sessions (user_id, started_at)
    values (p_clock.user_id,
      case when p_clock.seen_at >= p_moment - v_config.study_gap then p_clock.seen_at else p_moment end)
    returning * into v_session;
  end if;
  return v_session;
end
$$;

-- Counts what lies between a person's last sign of life and this one, for the room of the last one, if it is a gap that
-- counts. The caller holds the clock, whose hands are moved here.
create function private.credit_study(p_clock private.study_clocks, p_session_id uuid, p_room_id uuid, p_moment timestamptz)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_from timestamptz := p_clock.seen_at;
  v_until timestamptz;
  v_quarter timestamptz;
  v_tags text[];
  v_focused_ms int;
  v_focused_in_all_ms int := 0;
begin
  update private.study_clocks c set seen_at = p_moment, room_id = p_room_id where c.user_id = p_clock.user_id;
  if v_from < p_moment - (select c.study_gap from private.config c) then
    return;
  end if;
  v_tags := array(select t.tag from public.room_tags t where t.room_id = p_clock.room_id order by t.tag);
  while v_from < p_moment loop
    v_quarter := date_bin('15 minutes', v_from, '2000-01-01T00:00:00Z');
    v_until := least(p_moment, v_quarter + interval '15 minutes');
    v_focused_ms := private.room_focus_ms(p_clock.room_id, v_from, v_until);
    v_focused_in_all_ms := v_focused_in_all_ms + v_focused_ms;
    insert into private.study_credits as c (user_id, starts_at, tags, present_ms, focused_ms)
    values (p_clock.user_id, v_quarter, v_tags, private.to_ms(v_until) - private.to_ms(v_from), v_focused_ms)
    on conflict (user_id, starts_at, tags) do update
    set present_ms = c.present_ms + excluded.present_ms, focused_ms = c.focused_ms + excluded.focused_ms;
    v_from := v_until;
  end loop;
  update public.study_sessions s
  set present_ms = s.present_ms + private.to_ms(p_moment) - private.to_ms(p_clock.seen_at),
      focused_ms = s.focused_ms + v_focused_in_all_ms
  where s.id = p_session_id;
end
$$;

-- Notes that a person gave a sign of life in a room at a moment. One that comes late, behind a later one, says nothing.
create function private.note_presence(p_user_id uuid, p_room_id uuid, p_at timestamptz)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_moment timestamptz := date_trunc('milliseconds', p_at);
  v_clock private.study_clocks := private.hold_study_clock(p_user_id);
begin
  if v_moment > v_clock.seen_at then
    perform private.credit_study(v_clock, (private.open_study_session(v_clock, v_moment)).id, p_room_id, v_moment);
  end if;
end
$$;

-- Notes that a person was in a room until a moment, if a session of theirs is open.
-- Waits for nobody, since whoever closes a room ends many stays: who holds a person's clock is counting for them just now.
create function private.note_departure(p_user_id uuid, p_at timestamptz)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_moment timestamptz := date_trunc('milliseconds', p_at);
  v_clock private.study_clocks;
begin
  select * into v_clock from private.study_clocks c where c.user_id = p_user_id for update skip locked;
  if v_moment > v_clock.seen_at then
    perform private.credit_study(v_clock, s.id, v_clock.room_id, v_moment)
    from public.study_sessions s where s.user_id = p_user_id and s.ended_at is null;
  end if;
end
$$;

-- A stay begins, goes on, or ends. One that expires says nothing: the person may be back in a moment, or long gone.
create function private.study_in_room()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if new.is_active then
    perform private.note_presence(new.user_id, new.room_id, new.last_seen_at);
  else
    perform private.note_departure(new.user_id, new.left_at);
  end if;
  return null;
end
$$;

create trigger room_participants_study_began
after insert on public.room_participants
for each row
when (new.is_active)
execute function private.study_in_room();

create trigger room_participants_study_went_on
after update of last_seen_at on public.room_participants
for each row
when (new.is_active and new.last_seen_at is distinct from old.last_seen_at)
execute function private.study_in_room();

create trigger room_participants_study_ended
after update of is_active on public.room_participants
for each row
when (old.is_active and not new.is_active and new.left_reason <> 'expired')
execute function private.study_in_room();

-- Whose account is gone has studied nothing here.
create function private.forget_study_of_profile()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from private.study_clocks c where c.user_id = old.id;
  delete from public.study_sessions s where s.user_id = old.id;
  delete from private.study_credits c where c.user_id = old.id;
  return null;
end
$$;

create trigger profiles_forget_study
after delete on public.profiles
for each row execute function private.forget_study_of_profile();

-- Ends sessions in which nobody has been seen for half an hour, and forgets those that ended two years ago; at most 500 and
-- 2,000 a call. People who are just being counted for are left for the next call.
create function private.prune_study_sessions()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_unseen_since timestamptz;
  v_session public.study_sessions;
  v_clock private.study_clocks;
  v_count int := 0;
  v_deleted int;
begin
  select now() - c.study_expiry into strict v_unseen_since from private.config c;
  for v_session in
    select s.* from public.study_sessions s
    join private.study_clocks c on c.user_id = s.user_id
    where s.ended_at is null and s.started_at < v_unseen_since and c.seen_at < v_unseen_since
    limit 500
  loop
    select * into v_clock from private.study_clocks c where c.user_id = v_session.user_id for update skip locked;
    if found and v_clock.seen_at < v_unseen_since then
      perform private.close_study_session(s, v_clock.seen_at) from public.study_sessions s
      where s.id = v_session.id and s.ended_at is null;
      v_count := v_count + 1;
    end if;
  end loop;
  delete from public.study_sessions s
  where s.id in (
    select o.id from public.study_sessions o
    where o.ended_at < now() - interval '2 years'
    order by o.ended_at
    limit 2000
    for update skip locked
  );
  get diagnostics v_deleted = row_count;
  return v_count + v_deleted;
end
$$;

-- Forgets what was studied two years ago; at most 5,000 rows a call.
create function private.prune_study_credits()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count int;
begin
  delete from private.study_credits c
  using (
    select o.user_id, o.starts_at, o.tags from private.study_credits o
    where o.starts_at < now() - interval '2 years'
    order by o.starts_at
    limit 5000
    for update skip locked
  ) as old
  where c.user_id = old.user_id and c.starts_at = old.starts_at and c.tags = old.tags;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
