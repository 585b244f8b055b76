-- What clients measure, and the figures made of it: written through one function, read by the service alone.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated, service_role;
select plan(44);

insert into auth.users (id, email, raw_user_meta_data) values
  ('a0000000-0000-4000-8000-000000000001', 'ada@example.test', '{"display_name": "Ada"}'),
  ('a0000000-0000-4000-8000-000000000002', 'ben@example.test', '{"display_name": "Ben"}');
insert into public.rooms (id, name, creator_id) values
  ('b0000000-0000-4000-8000-000000000001', 'Open', 'a0000000-0000-4000-8000-000000000002');
insert into public.room_participants (room_id, user_id, connection_id) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001',
   'c0000000-0000-4000-8000-000000000001');

create function pg_temp.record(p_changes jsonb, p_connection_id uuid default 'c0000000-0000-4000-8000-000000000001')
returns jsonb language sql as $$
  select public.record_quality_sample('b0000000-0000-4000-8000-000000000001', p_connection_id,
    '{"windowMs": 60000, "topology": "mesh", "rttMs": 40, "lossRatio": 0.01}'::jsonb || p_changes)
$$;
grant execute on function pg_temp.record(jsonb, uuid) to authenticated;

set local role anon;
set local request.jwt.claim.sub = '';
select throws_ok('select * from public.quality_samples', '42501', null, 'anon: select is refused');
select throws_ok('insert into public.quality_samples default values', '42501', null, 'anon: insert is refused');
select throws_ok('update public.quality_samples set rtt_ms = 1', '42501', null, 'anon: update is refused');
select throws_ok('delete from public.quality_samples', '42501', null, 'anon: delete is refused');
select throws_ok($$ select public.record_quality_sample(gen_random_uuid(), gen_random_uuid(), '{}') $$, '42501', null,
  'anon: recording is refused');
select throws_ok('select public.read_metrics()', '42501', null, 'anon: reading the figures is refused');
select throws_ok('select * from metrics.rooms_now', '42501', null, 'anon: the views are out of reach');

set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select throws_ok($$ select pg_temp.record('{}') $$, 'PT403', 'not_participant', 'somebody outside records nothing');
select throws_ok($$ select public.record_quality_sample('b0000000-0000-4000-8000-00000000ffff', gen_random_uuid(), '{}') $$,
  'PT403', 'not_participant', 'a room that does not exist is refused alike');

set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select throws_ok('select * from public.quality_samples', '42501', null, 'authenticated: select is refused');
select throws_ok('insert into public.quality_samples default values', '42501', null, 'authenticated: insert is refused');
select throws_ok('update public.quality_samples set rtt_ms = 1', '42501', null, 'authenticated: update is refused');
select throws_ok('delete from public.quality_samples', '42501', null, 'authenticated: delete is refused');
select throws_ok('select public.read_metrics()', '42501', null, 'authenticated: reading the figures is refused');
select throws_ok('select private.read_metrics()', '42501', null, 'authenticated: nor by its other name');
select throws_ok('select * from metrics.rooms_now', '42501', null, 'authenticated: the views are out of reach');
select throws_ok('select * from private.unit_prices', '42501', null, 'authenticated: prices are out of reach');
select throws_ok('update private.unit_prices set price = 0', '42501', null, 'authenticated: prices cannot be changed');
select throws_ok('select * from private.metric_readings', '42501', null, 'authenticated: readings are out of reach');

select throws_ok($$ select pg_temp.record('{}', gen_random_uuid()) $$, 'PT403', 'not_participant',
  'another connection than the one inside records nothing');
select throws_ok(format('select pg_temp.record(%L)', wrong), 'PT400', 'invalid_input', 'refused: ' || wrong)
from unnest(array[
  '{"topology": "ring"}', '{"topology": null}', '{"windowMs": 999}', '{"windowMs": "60000"}', '{"rttMs": -1}',
  '{"rttMs": 60001}', '{"lossRatio": 1.01}', '{"frameWidth": 640}', '{"videoUpBps": 1.5}',
  '{"connectionAttempts": 1, "connectionSuccesses": 2}', '{"pathKind": "carrier pigeon"}'
]) as wrong;
select is(pg_temp.record('{"unheardOf": [1], "jitterMs": null, "frameWidth": 640, "frameHeight": 480,
  "bytesSent": 6000000, "bytesReceived": 12000000, "pathKind": "relay",
  "connectionAttempts": 4, "connectionSuccesses": 3}'), '{"accepted": true}', 'a sample is taken, unknown keys and all');
select is(public.record_quality_sample('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001',
  to_jsonb('{"windowMs": 60000, "topology": "mesh"}'::text)), '{"accepted": true}', 'also as a JSON string');
select is(pg_temp.record('{}'), '{"accepted": false}', 'the third within a minute is quietly not');

reset role;
select results_eq('select user_id, rtt_ms, jitter_ms, frame_height, path_kind::text from public.quality_samples order by id limit 1',
  $$ values ('a0000000-0000-4000-8000-000000000001'::uuid, 40::real, null::real, 480, 'relay') $$, 'what was measured is kept');

set local role service_role;
select is((select c.per_hour from metrics.cost_per_person c), null, 'without prices there is no cost');
reset role;
update private.unit_prices set price = case item when 'database_month' then 730.5 when 'turn_gb' then 1000 else 0 end;
set local role service_role;
-- 1 for the database; 18 MB over a relay at 1000 a GB.
select is((select c.per_hour from metrics.cost_per_person c), 19::double precision, 'the cost is that of the prices');
select is(public.read_metrics() #> '{connections,0,success_ratio}', '0.75', 'connections that came to be');
select is(public.read_metrics() #> '{roomsNow,0,people}', '1', 'people now');
select is((select q.p50 from metrics.quality q where q.window_name = '5m' and q.figure = 'rtt_ms'), 40::double precision,
  'percentiles by topology');

-- A room of two, of whom one comes back twice: three connections of one person, one of the other; a minute of 600 kB up and
-- 300 kB down each time. Each person sends 80 kbit/s.
reset role;
insert into public.quality_samples (room_id, user_id, connection_id, window_ms, topology, bytes_sent, bytes_received)
select 'b0000000-0000-4000-8000-000000000002', ('a0000000-0000-4000-8000-00000000000' || n)::uuid, gen_random_uuid(), 60000,
  'mesh', 600000, 300000
from unnest(array[1, 1, 1, 2]) as n;
set local role service_role;
select results_eq($$ select up_bps, down_bps from metrics.room_bandwidth
  where window_name = '5m' and room_id = 'b0000000-0000-4000-8000-000000000002' $$,
  'values (160000::double precision, 80000::double precision)', 'a room''s traffic counts people, not their connections');
reset role;
update public.quality_samples set user_id = null
where room_id = 'b0000000-0000-4000-8000-000000000002' and user_id = 'a0000000-0000-4000-8000-000000000002';
set local role service_role;
select results_eq($$ select up_bps, down_bps from metrics.room_bandwidth
  where window_name = '5m' and room_id = 'b0000000-0000-4000-8000-000000000002' $$,
  'values (160000::double precision, 80000::double precision)', 'those whose account is gone count by their connection');

reset role;
insert into public.quality_samples (room_id, connection_id, at, window_ms, topology)
values (gen_random_uuid(), gen_random_uuid(), now() - interval '8 days', 60000, 'mesh');
select is(private.prune_quality_samples(), 1, 'what is older than 7 days goes');
delete from auth.users where id = 'a0000000-0000-4000-8000-000000000001';
select is_empty('select 1 from public.quality_samples where user_id is not null', 'an account that goes is forgotten');

select * from finish();
rollback;
