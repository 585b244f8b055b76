-- A person's own statistics. Days are those of the time zone that is asked for: credits are kept by quarters of an hour, at
-- one of which every midnight is, however the clocks change.

-- How long a person was in rooms and in focus: the sums of some of their credits, in whole seconds.
create function private.study_sums(p_present_ms bigint, p_focused_ms bigint)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'presentSeconds', coalesce(p_present_ms, 0) / 1000, 'focusedSeconds', coalesce(p_focused_ms, 0) / 1000)
$$;

-- A person's streaks on a day. A day counts with five minutes of focus. A streak is the longest stretch of days, from one
-- that counts to one that counts, in which any seven days in a row miss one at most; its length is that of the days that
-- count. The current one ends today, yesterday, or the day before where yesterday may be missed.
create function private.study_streak(p_user_id uuid, p_time_zone text, p_today date)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  with days as (
    select d.day, row_number() over w as place, lag(d.day) over w as earlier
    from (
      select (c.starts_at at time zone p_time_zone)::date as day
      from private.study_credits c where c.user_id = p_user_id
      group by 1
      having sum(c.focused_ms) >= 300000
    ) as d
    where d.day <= p_today
    window w as (order by d.day)
  ),
  -- Where one day is missed before a day that counts, and the latest such place before that.
  misses as (
    select d.*, d.day - d.earlier = 2 as has_miss,
      max(d.place) filter (where d.day - d.earlier = 2) over w as earlier_miss_place,
      max(d.day) filter (where d.day - d.earlier = 2) over w as day_after_earlier_miss
    from days d
    window w as (order by d.day rows between unbounded preceding and 1 preceding)
  ),
  -- Where the stretch that ends with a day begins: behind the last gap of several days, and behind the first of two misses
  -- that are too close to each other.
  stretches as (
    select m.day, m.place, m.has_miss, m.earlier_miss_place, m.day_after_earlier_miss,
      max(case
        when m.earlier is null or m.day - m.earlier > 2 then m.place
        when m.has_miss and m.day - m.day_after_earlier_miss < 7 then m.earlier_miss_place
      end) over (order by m.day) as first_place
    from misses m
  ),
  latest as (
    select s.day, case
      when p_today - s.day <= 1 then s.place - s.first_place + 1
      when p_today - s.day > 2 then 0
      -- Yesterday is missed: whatever lies before a miss less than seven days earlier does not belong to it any more.
      when s.day + 2 - case when s.has_miss then s.day else s.day_after_earlier_miss end < 7
        then s.place - greatest(s.first_place, case when s.has_miss then s.place else s.earlier_miss_place end) + 1
      else s.place - s.first_place + 1
    end as length
    from stretches s
    order by s.day desc
    limit 1
  )
  select jsonb_build_object(
    'currentDays', coalesce((select l.length from latest l), 0),
    'longestDays', coalesce((select max(s.place - s.first_place + 1) from stretches s), 0),
    'lastDay', (select l.day from latest l),
    'isTodayCounted', coalesce((select l.day = p_today from latest l), false)
  )
$$;

-- A person's statistics at a moment, see public.my_statistics.
create function private.study_statistics(p_user_id uuid, p_from date, p_to date, p_time_zone text, p_now timestamptz)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  with credits as materialized (
    select c.* from (
      select (o.starts_at at time zone p_time_zone)::date as day, o.tags, o.present_ms, o.focused_ms
      from private.study_credits o
      where o.user_id = p_user_id
        -- No zone is a day away from UTC.
        and o.starts_at >= (p_from - 1)::timestamp at time zone 'UTC'
        and o.starts_at < (p_to + 2)::timestamp at time zone 'UTC'
    ) as c
    where c.day between p_from and p_to
  ),
  days as (
    select c.day, sum(c.present_ms)::bigint as present_ms, sum(c.focused_ms)::bigint as focused_ms
    from credits c group by c.day
  ),
  weeks as (
    select date_trunc('week', d.day::timestamp)::date as starts_on, count(*) as day_count,
      sum(d.present_ms)::bigint as present_ms, sum(d.focused_ms)::bigint as focused_ms
    from days d group by 1
  ),
  tags as (
    select t.tag, sum(c.present_ms)::bigint as present_ms, sum(c.focused_ms)::bigint as focused_ms
    from credits c left join lateral unnest(c.tags) as t (tag) on true
    group by t.tag
    order by 3 desc, 2 desc, 1
    limit 100
  ),
  sessions as (
    select count(*) as session_count,
      count(*) filter (where s.outcome = 'done') as done_count,
      count(*) filter (where s.outcome = 'partly') as partly_count,
      count(*) filter (where s.outcome = 'not_done') as not_done_count
    from public.study_sessions s
    where s.user_id = p_user_id
      and s.started_at >= p_from::timestamp at time zone p_time_zone
      and s.started_at < (p_to + 1)::timestamp at time zone p_time_zone
  )
  select jsonb_build_object(
    'timeZone', p_time_zone,
    'from', p_from,
    'to', p_to,
    'today', (p_now at time zone p_time_zone)::date,
    'days', coalesce((
      select jsonb_agg(jsonb_build_object('day', d.day) || private.study_sums(d.present_ms, d.focused_ms) order by d.day)
      from days d), '[]'),
    'weeks', coalesce((
      select jsonb_agg(jsonb_build_object('week', to_char(w.starts_on, 'IYYY"-W"IW'), 'startsOn', w.starts_on,
        'dayCount', w.day_count) || private.study_sums(w.present_ms, w.focused_ms) order by w.starts_on)
      from weeks w), '[]'),
    'tags', coalesce((
      select jsonb_agg(jsonb_build_object('tag', t.tag) || private.study_sums(t.present_ms, t.focused_ms)
        order by t.focused_ms desc, t.present_ms desc, t.tag)
      from tags t), '[]'),
    'totals', (
      select jsonb_build_object('dayCount', count(d.day), 'sessionCount', s.session_count, 'doneCount', s.done_count,
        'partlyCount', s.partly_count, 'notDoneCount', s.not_done_count)
        || private.study_sums(sum(d.present_ms)::bigint, sum(d.focused_ms)::bigint)
      from sessions s left join days d on true group by s.session_count, s.done_count, s.partly_count, s.not_done_count),
    'streak', private.study_streak(p_user_id, p_time_zone, (p_now at time zone p_time_zone)::date)
  )
$$;

create function private.my_statistics(p_from date, p_to date, p_time_zone text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
begin
  if (isfinite(p_from) and isfinite(p_to) and p_from >= '2000-01-01' and p_to < '2200-01-01'
      and p_to >= p_from and p_to - p_from < 366) is not true
    or (p_time_zone ~ '^[A-Z][A-Za-z0-9_+/-]{1,63}$') is not true
    or not exists (select 1 from pg_catalog.pg_timezone_names z where z.name = p_time_zone) then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return private.study_statistics(v_user_id, p_from, p_to, p_time_zone, clock_timestamp());
end
$$;

-- What the caller has studied from one day to another, both included, at most 366 of them, as a time zone of the IANA
-- database counts days: `{timeZone, from, to, today, days, weeks, tags, totals, streak}`. Rows are flat, ready for CSV;
-- days, weeks and tags without any presence are left out. A room with several tags counts for each; the tag null is that of
-- rooms without one. The streak looks at everything that is kept.
create function public.my_statistics(p_from date, p_to date, p_time_zone text)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.my_statistics(p_from, p_to, p_time_zone)
$$;

grant execute on function private.my_statistics(date, date, text) to authenticated;
grant execute on function public.my_statistics(date, date, text) to authenticated;
