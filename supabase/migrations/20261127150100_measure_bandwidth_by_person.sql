-- Traffic of each room in each window, as its people measured it: bits a second, up and down summed over everybody. Somebody who
-- has come back counts once, however many connections they had; of accounts that are gone, each connection counts.
create or replace view metrics.room_bandwidth with (security_invoker = true) as
select w.name as window_name, b.room_id, b.topology, b.bytes_sent, b.bytes_received,
  b.bytes_sent * 8000 / b.window_ms * b.people as up_bps,
  b.bytes_received * 8000 / b.window_ms * b.people as down_bps
from metrics.windows w
cross join lateral (
  select s.room_id, s.topology, count(distinct coalesce(s.user_id, s.connection_id)) as people,
    sum(s.window_ms)::double precision as window_ms,
    coalesce(sum(s.bytes_sent), 0)::double precision as bytes_sent,
    coalesce(sum(s.bytes_received), 0)::double precision as bytes_received
  from public.quality_samples s where s.at > now() - w.length
  group by s.room_id, s.topology
) as b;
