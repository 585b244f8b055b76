-- When something that repeats is next on. A rule is a subset of RFC 5545's RRULE:
--   FREQ=DAILY      with INTERVAL, BYDAY (plain weekdays), BYMONTHDAY
--   FREQ=WEEKLY     with INTERVAL, BYDAY (plain weekdays), WKST
--   FREQ=MONTHLY    with INTERVAL, BYDAY (weekdays, also the nth: 2MO, -1FR), BYMONTHDAY
-- and COUNT or UNTIL (a date, whose whole day counts, or a moment in UTC). Everything else is refused.
--
-- Occasions are at a wall-clock time in a time zone, so that 18:00 remains 18:00 when the clocks change. A time that
-- the clocks skip is read with the offset from before the change (02:30 becomes 03:30), one that they show twice means
-- the first: as RFC 5545, 3.3.5 has it.

-- A rule that has been read. Weekdays are ISO: Monday is 1. An nth weekday is its number times ten plus the weekday, and
-- below zero when counted from the month's end: 2MO is 21, -1FR is -15.
create type private.recurrence as (
  frequency text,
  step int,
  weekdays int[],
  nth_weekdays int[],
  month_days int[],
  week_start int,
  occasions int,
  until_day date,
  until_moment timestamptz
);

-- A weekday of RFC 5545 as ISO number; null for anything else.
create function private.weekday_number(p_name text)
returns int
language sql
immutable
parallel safe
set search_path = ''
as $$
  select array_position(array['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], p_name)
$$;

-- Reads a rule. Refuses with `invalid_input` whatever is not of the subset above; whether it ever happens is not asked.
create function private.read_recurrence(p_rule text)
returns private.recurrence
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_part text;
  v_name text;
  v_value text;
  v_seen text[] := '{}';
  v_rule private.recurrence := row(null, 1, '{}', '{}', '{}', 1, null, null, null);
begin
  if p_rule is null or octet_length(p_rule) > 300 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  foreach v_part in array string_to_array(upper(p_rule), ';') loop
    v_name := split_part(v_part, '=', 1);
    v_value := substr(v_part, length(v_name) + 2);
    if v_name = any (v_seen) then
      raise sqlstate 'PT400' using message = 'invalid_input';
    end if;
    v_seen := v_seen || v_name;
    if v_name = 'FREQ' and v_value in ('DAILY', 'WEEKLY', 'MONTHLY') then
      v_rule.frequency := v_value;
    elsif v_name = 'INTERVAL' and v_value ~ '^[1-9][0-9]{0,1}$' then
      v_rule.step := v_value::int;
    elsif v_name = 'COUNT' and v_value ~ '^([1-9][0-9]{0,2}|1000)$' then
      v_rule.occasions := v_value::int;
    elsif v_name = 'WKST' and private.weekday_number(v_value) is not null then
      v_rule.week_start := private.weekday_number(v_value);
    elsif v_name = 'BYDAY' and v_value ~ '^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*$' then
      v_rule.weekdays := array(
        select distinct private.weekday_number(d) from unnest(string_to_array(v_value, ',')) as d where length(d) = 2);
      v_rule.nth_weekdays := array(
        select distinct left(d, -2)::int * 10 + sign(left(d, -2)::int)::int * private.weekday_number(right(d, 2))
        from unnest(string_to_array(v_value, ',')) as d where length(d) > 2);
    elsif v_name = 'BYMONTHDAY' and v_value ~ '^[+-]?([1-9]|[12][0-9]|3[01])(,[+-]?([1-9]|[12][0-9]|3[01]))*$' then
      v_rule.month_days := array(select distinct d::int from unnest(string_to_array(v_value, ',')) as d);
    elsif v_name = 'UNTIL' and v_value ~ '^[12][0-9]{7}$' then
      v_rule.until_day := make_date(left(v_value, 4)::int, substr(v_value, 5, 2)::int, substr(v_value, 7, 2)::int);
    elsif v_name = 'UNTIL' and v_value ~ '^[12][0-9]{7}T([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]Z$' then
      v_rule.until_moment := make_timestamptz(left(v_value, 4)::int, substr(v_value, 5, 2)::int,
        substr(v_value, 7, 2)::int, substr(v_value, 10, 2)::int, substr(v_value, 12, 2)::int, substr(v_value, 14, 2)::int, 'UTC');
    else
      raise sqlstate 'PT400' using message = 'invalid_input';
    end if;
  end loop;
  if v_rule.frequency is null
    or ('COUNT' = any (v_seen) and 'UNTIL' = any (v_seen))
    or (v_rule.frequency <> 'MONTHLY' and v_rule.nth_weekdays <> '{}')
    or (v_rule.frequency = 'WEEKLY' and v_rule.month_days <> '{}') then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return v_rule;
exception
  -- A day that no calendar has.
  when data_exception then
    raise sqlstate 'PT400' using message = 'invalid_input';
end
$$;

-- The first `p_limit` days of a rule that begins on `p_first`, from `p_from` on and to `p_to` at most, in order. Goes by
-- whole periods (days, weeks, months) and begins at the one that `p_from` is in, so that a long past costs nothing; the
-- work is bounded by the periods between the two. COUNT and UNTIL are not looked at.
create function private.recurrence_days(
  p_rule private.recurrence,
  p_first date,
  p_from date,
  p_to date,
  p_limit int
)
returns date[]
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_from date := greatest(p_first, p_from);
  v_weekdays int[] := p_rule.weekdays;
  v_month_days int[] := p_rule.month_days;
  v_has_weekdays boolean;
  -- The start of the first period, as a date or as months since year 0.
  v_start date;
  v_month int;
  v_day date;
  v_last date;
  v_weekday int;
  v_of_month int;
  v_days date[] := '{}';
begin
  if v_weekdays = '{}' and p_rule.nth_weekdays = '{}' and v_month_days = '{}' then
    if p_rule.frequency = 'WEEKLY' then
      v_weekdays := array[extract(isodow from p_first)::int];
    elsif p_rule.frequency = 'MONTHLY' then
      v_month_days := array[extract(day from p_first)::int];
    end if;
  end if;
  v_has_weekdays := v_weekdays <> '{}' or p_rule.nth_weekdays <> '{}';

  if p_rule.frequency = 'DAILY' then
    v_start := p_first + ((v_from - p_first + p_rule.step - 1) / p_rule.step) * p_rule.step;
  elsif p_rule.frequency = 'WEEKLY' then
    v_start := p_first - (extract(isodow from p_first)::int - p_rule.week_start + 7) % 7;
    v_start := v_start + ((v_from - v_start) / (7 * p_rule.step)) * 7 * p_rule.step;
  else
    v_month := extract(year from p_first)::int * 12 + extract(month from p_first)::int - 1;
    v_month := v_month + ((extract(year from v_from)::int * 12 + extract(month from v_from)::int - 1 - v_month)
      / p_rule.step) * p_rule.step;
    v_start := make_date(v_month / 12, v_month % 12 + 1, 1);
  end if;

  while v_start <= p_to and cardinality(v_days) < p_limit loop
    v_last := case p_rule.frequency
      when 'DAILY' then v_start
      when 'WEEKLY' then v_start + 6
      else (v_start + interval '1 month')::date - 1 end;
    v_day := greatest(v_start, v_from);
    while v_day <= v_last and v_day <= p_to and cardinality(v_days) < p_limit loop
      v_weekday := extract(isodow from v_day)::int;
      v_of_month := extract(day from v_day)::int;
      if (not v_has_weekdays
          or v_weekday = any (v_weekdays)
          or (p_rule.nth_weekdays <> '{}' and (
            ((v_of_month - 1) / 7 + 1) * 10 + v_weekday = any (p_rule.nth_weekdays)
            or -(((v_last - v_day) / 7 + 1) * 10 + v_weekday) = any (p_rule.nth_weekdays))))
        and (v_month_days = '{}'
          or v_of_month = any (v_month_days)
          or v_of_month - 1 - extract(day from (date_trunc('month', v_day::timestamp) + interval '1 month - 1 day'))::int
            = any (v_month_days)) then
        v_days := v_days || v_day;
      end if;
      v_day := v_day + 1;
    end loop;
    v_start := case p_rule.frequency
      when 'DAILY' then v_start + p_rule.step
      when 'WEEKLY' then v_start + 7 * p_rule.step
      else (v_start + make_interval(months => p_rule.step))::date end;
  end loop;
  return v_days;
end
$$;

-- The moment of a wall-clock time in a zone; see above for times that are skipped or come twice.
create function private.to_moment(p_local timestamp, p_time_zone text)
returns timestamptz
language sql
immutable
parallel safe
set search_path = ''
as $$
  -- The offset of the day before, which is that from before a change; PostgreSQL takes the one from after it.
  select case when (e.earlier at time zone p_time_zone) = p_local then e.earlier else p_local at time zone p_time_zone end
  from (
    select (p_local - interval '1 day') at time zone p_time_zone + interval '24 hours' as earlier
  ) as e
$$;

-- The last day of a rule with COUNT; null where there is no COUNT, or where its end is more than 100 years away.
-- Costs up to the work of 1,000 occasions, so it is asked once, when a rule is written.
create function private.last_day(p_rule text, p_starts_at timestamp)
returns date
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_rule private.recurrence := private.read_recurrence(p_rule);
begin
  if v_rule.occasions is null then
    return null;
  end if;
  return (private.recurrence_days(v_rule, p_starts_at::date, p_starts_at::date,
    p_starts_at::date + 36525, v_rule.occasions))[v_rule.occasions];
end
$$;

-- The first start of a rule after a moment; null when nothing follows, or nothing within ten years. `p_starts_at` is the
-- wall-clock time from which the rule counts; its first occasion is the first day of the rule from then on.
-- `p_last_day` is what private.last_day answers, for whoever has kept it; without it a COUNT is counted.
-- To get an occasion that is under way, ask for what follows now less its length.
create function private.next_occurrence(
  p_rule text,
  p_starts_at timestamp,
  p_time_zone text,
  p_after timestamptz,
  p_last_day date default null
)
returns timestamptz
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_rule private.recurrence := private.read_recurrence(p_rule);
  v_first date := p_starts_at::date;
  v_from date := v_first;
  v_to date;
  v_day date;
  v_moment timestamptz;
begin
  if p_after > p_starts_at at time zone 'UTC' then
    if p_after > p_starts_at at time zone 'UTC' + interval '200 years' then
      return null;
    end if;
    -- A day less: where clocks are set back over midnight, or a day is left out, dates and moments are in another order.
    v_from := greatest(v_first, (p_after at time zone p_time_zone)::date - 1);
  end if;
  v_to := v_from + 3653;
  v_to := least(v_to, v_rule.until_day,
    (v_rule.until_moment at time zone 'UTC')::date + 1,
    coalesce(p_last_day, case when v_rule.occasions is not null then private.last_day(p_rule, p_starts_at) end));
  foreach v_day in array private.recurrence_days(v_rule, v_first, v_from, v_to, 4) loop
    v_moment := private.to_moment(v_day + p_starts_at::time, p_time_zone);
    exit when v_moment > v_rule.until_moment;
    if v_moment > p_after then
      return v_moment;
    end if;
  end loop;
  return null;
end
$$;
