-- Figures about the service as views, for its operator: by SQL, and by public.read_metrics() for Prometheus.

-- SECURITY: a schema of its own that the Data API does not expose; the service alone may look into it.
create schema metrics;
comment on schema metrics is 'Figures about the service. Never exposed by the Data API; read by the service.';
grant usage on schema metrics to service_role;

-- What the operator pays. Changed by SQL; nothing is assumed: without a price there is no cost.
create table private.unit_prices (
  item text primary key check (item in ('database_month', 'sfu_server_hour', 'sfu_egress_gb', 'turn_gb')),
  -- Null until the operator says; 0 for what costs nothing. All in one currency.
  price numeric check (price >= 0),
  -- How many of it run all the time, for what is paid by time; 1 for what is paid by use.
  quantity numeric not null default 1 check (quantity >= 0)
);
comment on table private.unit_prices is 'What the operator pays for servers and traffic, in one currency; null: not told.';
alter table private.unit_prices enable row level security;
insert into private.unit_prices (item) values ('database_month'), ('sfu_server_hour'), ('sfu_egress_gb'), ('turn_gb');

grant usage on schema private to service_role;
grant select on private.unit_prices to service_role;

-- The spans that figures are taken over.
create view metrics.windows with (security_invoker = true) as
select w.name, w.length, extract(epoch from w.length)::double precision as seconds
from (values ('5m', interval '5 minutes'), ('1h', interval '1 hour'), ('24h', interval '24 hours')) as w (name, length);

-- Rooms and people at this moment, by topology. Rooms that are open but empty count as rooms.
create view metrics.rooms_now with (security_invoker = true) as
select t.topology,
  count(r.id) as rooms,
  count(r.id) filter (where r.participant_count > 0) as occupied_rooms,
  coalesce(sum(r.participant_count), 0)::bigint as people
from unnest(enum_range(null::public.room_topology)) as t (topology)
left join public.rooms r on r.topology = t.topology and r.is_active
group by t.topology;

-- How many rooms were opened and closed, and people came, in each window, and how many that is a second.
create view metrics.room_activity with (security_invoker = true) as
select w.name as window_name, k.kind, e.events, e.events / w.seconds as per_second
from metrics.windows w
cross join (values ('created'::public.room_event_kind), ('closed'), ('joined'), ('topology_changed')) as k (kind)
cross join lateral (
  select count(*) as events from public.room_events e where e.at > now() - w.length and e.kind = k.kind
) as e;

-- How many people left in each window, by reason, and how many that is a second.
create view metrics.leaves with (security_invoker = true) as
select w.name as window_name, g.reason, coalesce(e.events, 0) as events, coalesce(e.events, 0) / w.seconds as per_second
from metrics.windows w
cross join (values ('left'), ('expired'), ('replaced'), ('removed'), ('closed')) as g (reason)
left join lateral (
  select e.details ->> 'reason' as reason, count(*) as events
  from public.room_events e where e.at > now() - w.length and e.kind = 'left'
  group by 1
) as e on e.reason = g.reason;

-- How long rooms lived that closed in each window, in seconds; null where none did.
create view metrics.room_durations with (security_invoker = true) as
select w.name as window_name, d.*
from metrics.windows w
cross join lateral (
  select count(*) as rooms,
    avg(e.seconds) as average_seconds,
    percentile_cont(0.5) within group (order by e.seconds) as p50_seconds,
    percentile_cont(0.9) within group (order by e.seconds) as p90_seconds,
    percentile_cont(0.99) within group (order by e.seconds) as p99_seconds
  from (
    select (c.details ->> 'lifeSeconds')::double precision as seconds
    from public.room_events c where c.at > now() - w.length and c.kind = 'closed'
  ) as e
) as d;

-- How media did in each window, by topology: one row a figure, with its average and percentiles over samples.
create view metrics.quality with (security_invoker = true) as
select w.name as window_name, q.*
from metrics.windows w
cross join lateral (
  select s.topology, f.figure, count(f.value) as samples,
    avg(f.value) as average,
    percentile_cont(0.5) within group (order by f.value) as p50,
    percentile_cont(0.9) within group (order by f.value) as p90,
    percentile_cont(0.99) within group (order by f.value) as p99
  from public.quality_samples s
  cross join lateral (values
    ('rtt_ms', s.rtt_ms::double precision), ('loss_ratio', s.loss_ratio), ('jitter_ms', s.jitter_ms), ('fps', s.fps),
    ('frame_height', s.frame_height), ('video_up_bps', s.video_up_bps), ('video_down_bps', s.video_down_bps),
    ('audio_up_bps', s.audio_up_bps), ('audio_down_bps', s.audio_down_bps), ('cpu_load_percent', s.cpu_load_percent)
  ) as f (figure, value)
  where s.at > now() - w.length and f.value is not null
  group by s.topology, f.figure
) as q;

-- How many samples had which picture, path and limitation, in each window.
create view metrics.quality_shares with (security_invoker = true) as
select w.name as window_name, q.*
from metrics.windows w
cross join lateral (
  select s.topology, f.feature, f.value, count(*) as samples
  from public.quality_samples s
  cross join lateral (values
    ('resolution', case when s.frame_height >= 1080 then '1080' when s.frame_height >= 720 then '720'
      when s.frame_height >= 480 then '480' when s.frame_height >= 360 then '360'
      when s.frame_height >= 1 then '180' else 'none' end),
    ('path', s.path_kind::text),
    ('limitation', coalesce(s.limitation::text, 'unknown'))
  ) as f (feature, value)
  where s.at > now() - w.length
  group by s.topology, f.feature, f.value
) as q;

-- How often a media connection was tried and came to be, in each window, by topology; the ratio is null without a try.
create view metrics.connections with (security_invoker = true) as
select w.name as window_name, t.topology, c.attempts, c.successes,
  c.successes::double precision / nullif(c.attempts, 0) as success_ratio
from metrics.windows w
cross join unnest(enum_range(null::public.room_topology)) as t (topology)
cross join lateral (
  select coalesce(sum(s.connection_attempts), 0)::bigint as attempts,
    coalesce(sum(s.connection_successes), 0)::bigint as successes
  from public.quality_samples s where s.at > now() - w.length and s.topology = t.topology
) as c;

-- Traffic of each room in each window, as its people measured it: bits a second, up and down summed over everybody.
create view metrics.room_bandwidth with (security_invoker = true) as
select w.name as window_name, b.room_id, b.topology, b.bytes_sent, b.bytes_received,
  b.bytes_sent * 8000 / b.window_ms * b.people as up_bps,
  b.bytes_received * 8000 / b.window_ms * b.people as down_bps
from metrics.windows w
cross join lateral (
  select s.room_id, s.topology, count(distinct s.connection_id) as people,
    sum(s.window_ms)::double precision as window_ms,
    coalesce(sum(s.bytes_sent), 0)::double precision as bytes_sent,
    coalesce(sum(s.bytes_received), 0)::double precision as bytes_received
  from public.quality_samples s where s.at > now() - w.length
  group by s.room_id, s.topology
) as b;

-- Bytes in each window, by topology and by whether a relay carried them.
create view metrics.traffic with (security_invoker = true) as
select w.name as window_name, t.topology, b.*
from metrics.windows w
cross join unnest(enum_range(null::public.room_topology)) as t (topology)
cross join lateral (
  select coalesce(sum(s.bytes_sent), 0)::double precision as bytes_sent,
    coalesce(sum(s.bytes_received), 0)::double precision as bytes_received,
    coalesce(sum(coalesce(s.bytes_sent, 0) + coalesce(s.bytes_received, 0)) filter (where s.path_kind = 'relay'), 0)::double precision
      as relayed_bytes
  from public.quality_samples s where s.at > now() - w.length and s.topology = t.topology
) as b;

-- How many people were there at a time, on average over the last hour.
create view metrics.concurrent_people with (security_invoker = true) as
select (
  coalesce((
    select sum(least(
      (e.details ->> 'staySeconds')::double precision,
      extract(epoch from e.at - (now() - interval '1 hour'))
    ))
    from public.room_events e where e.at > now() - interval '1 hour' and e.kind = 'left'
  ), 0)
  + coalesce((
    select sum(least(greatest(extract(epoch from now() - p.joined_at), 0), 3600))
    from public.room_participants p where p.is_active
  ), 0)
) / 3600 as average_people;

-- What the last hour cost, item by item; null where the operator has told no price.
create view metrics.costs with (security_invoker = true) as
select u.item,
  u.price * case u.item
    when 'database_month' then u.quantity / 730.5
    when 'sfu_server_hour' then u.quantity
    when 'sfu_egress_gb' then (
      select t.bytes_received::numeric / 1e9 from metrics.traffic t where t.window_name = '1h' and t.topology = 'sfu')
    when 'turn_gb' then (
      select sum(t.relayed_bytes)::numeric / 1e9 from metrics.traffic t where t.window_name = '1h')
  end as per_hour
from private.unit_prices u;

-- What an hour costs in all and for each person who is there. Null unless every price is told, and without people.
create view metrics.cost_per_person with (security_invoker = true) as
select c.per_hour, c.per_hour / nullif(p.average_people, 0) as per_person_hour
from (
  select case when count(*) = count(i.per_hour) then sum(i.per_hour) end::double precision as per_hour
  from metrics.costs i
) as c
cross join metrics.concurrent_people p;

revoke all on all tables in schema metrics from anon, authenticated;
grant select on all tables in schema metrics to service_role;

-- The last answer of read_metrics(), so that figures cost what they cost once in 15 s, however many ask.
create unlogged table private.metric_readings (
  is_single boolean primary key default true check (is_single),
  at timestamptz not null,
  answer jsonb not null
);
comment on table private.metric_readings is 'The figures as last read; at most one row, and none after a crash.';
alter table private.metric_readings enable row level security;

-- Every figure, as it is now. Figures of samples are those of the last 5 minutes. Planned for speed of planning: the
-- spans are short, which the planner cannot see, and compiling would take longer than reading.
create function private.measure_service()
returns jsonb
language sql
stable
security definer
set search_path = ''
set jit = off
as $$
  select jsonb_build_object(
    'roomsNow', (select jsonb_agg(to_jsonb(r) order by r.topology) from metrics.rooms_now r),
    'activity', (select jsonb_agg(to_jsonb(a) order by a.window_name, a.kind) from metrics.room_activity a),
    'leaves', (select jsonb_agg(to_jsonb(l) order by l.window_name, l.reason) from metrics.leaves l),
    'durations', (select jsonb_agg(to_jsonb(d) order by d.window_name) from metrics.room_durations d),
    'quality', (select coalesce(jsonb_agg(to_jsonb(q) order by q.topology, q.figure), '[]')
      from metrics.quality q where q.window_name = '5m'),
    'shares', (select coalesce(jsonb_agg(to_jsonb(s) order by s.topology, s.feature, s.value), '[]')
      from metrics.quality_shares s where s.window_name = '5m'),
    'connections', (select jsonb_agg(to_jsonb(c) order by c.topology) from metrics.connections c where c.window_name = '5m'),
    'bandwidth', (
      select coalesce(jsonb_agg(to_jsonb(b) order by b.topology), '[]') from (
        select r.topology, count(*) as rooms, sum(r.up_bps) as up_bps, sum(r.down_bps) as down_bps,
          percentile_cont(0.5) within group (order by r.up_bps + r.down_bps) as p50_bps,
          percentile_cont(0.9) within group (order by r.up_bps + r.down_bps) as p90_bps
        from metrics.room_bandwidth r where r.window_name = '5m'
        group by r.topology
      ) as b),
    'concurrentPeople', (select p.average_people from metrics.concurrent_people p),
    'cost', (select to_jsonb(c) from metrics.cost_per_person c)
  )
$$;

-- Every figure of GET /api/metrics, at most 15 s old. Those who ask together wait for one reading.
create function private.read_metrics()
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_answer jsonb;
begin
  perform pg_advisory_xact_lock(hashtext('private.read_metrics'));
  select r.answer into v_answer from private.metric_readings r where r.at > clock_timestamp() - interval '15 seconds';
  if not found then
    v_answer := private.measure_service();
    insert into private.metric_readings (at, answer) values (clock_timestamp(), v_answer)
    on conflict (is_single) do update set at = excluded.at, answer = excluded.answer;
  end if;
  return v_answer;
end
$$;

-- Every figure of GET /api/metrics, in one answer; for the service alone.
create function public.read_metrics()
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.read_metrics()
$$;

grant execute on function private.read_metrics() to service_role;
grant execute on function public.read_metrics() to service_role;
