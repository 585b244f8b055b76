-- How a room's timer stood a moment ago: whoever comes back within a few minutes is credited by the timer of that time.

create table private.past_timers (
  id bigint generated always as identity primary key,
  room_id uuid not null references public.rooms (id) on delete cascade,
  -- The row of public.room_timers as it was, from its `updated_at` until `valid_until`.
  timer jsonb not null,
  valid_until timestamptz not null
);
comment on table private.past_timers is 'Timers of rooms before they were changed, for an hour.';
alter table private.past_timers enable row level security;

-- What was so lately in a room; also behind the foreign key.
create index past_timers_room_idx on private.past_timers (room_id, valid_until);
-- What is to be forgotten.
create index past_timers_until_idx on private.past_timers (valid_until);

-- Notes that a room's timer stands as it does until a moment. The caller holds the room's lock and changes it then.
create function private.keep_past_timer(p_room_id uuid, p_until timestamptz)
returns void
language sql
security definer
set search_path = ''
as $$
  insert into private.past_timers (room_id, timer, valid_until)
  select t.room_id, to_jsonb(t), p_until from public.room_timers t where t.room_id = p_room_id and t.updated_at < p_until
$$;

-- Called before a timer changes, under the room's lock. Nobody's study is touched: it is counted when they are next seen.
create or replace function private.before_timer_change(p_room_id uuid)
returns void
language sql
security definer
set search_path = ''
as $$
  select private.keep_past_timer(p_room_id, clock_timestamp())
$$;

-- Milliseconds of focus in a room between two moments that are at most an hour ago: those in focus phases while it had a
-- timer, and all others. A paused timer, and a phase that waits for the next, is no focus.
create function private.room_focus_ms(p_room_id uuid, p_from timestamptz, p_to timestamptz)
returns int
language sql
stable
security definer
set search_path = ''
as $$
  select least(private.to_ms(p_to) - private.to_ms(p_from), greatest(0,
    private.to_ms(p_to) - private.to_ms(p_from) + coalesce(sum(
      private.timer_focus_ms(s.timer, s.until) - private.timer_focus_ms(s.timer, s.since)
      - (private.to_ms(s.until) - private.to_ms(s.since))), 0)))::int
  from (
    select t as timer, greatest(t.updated_at, p_from) as since, p_to as until
    from public.room_timers t where t.room_id = p_room_id
    union all
    select o.timer, greatest((o.timer).updated_at, p_from), least(o.valid_until, p_to)
    from (
      select jsonb_populate_record(null::public.room_timers, p.timer) as timer, p.valid_until
      from private.past_timers p where p.room_id = p_room_id and p.valid_until > p_from
    ) as o
  ) as s
  where s.since < s.until
$$;

-- Forgets timers that were changed an hour ago; at most 5,000 a call.
create function private.prune_past_timers()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count int;
begin
  delete from private.past_timers p
  where p.id in (
    select o.id from private.past_timers o
    where o.valid_until < now() - interval '1 hour'
    order by o.valid_until
    limit 5000
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
