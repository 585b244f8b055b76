-- Whoever has to be put out on the media server is queued, once, for the service key alone.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated, service_role;
select plan(17);
update private.limits set max_count = 1000;
update private.config set has_sfu = true;

insert into auth.users (id, email)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test' from generate_series(1, 4) as n;
insert into public.rooms (id, name, topology) values
  ('b0000000-0000-4000-8000-000000000001', 'On the media server', 'sfu'), ('b0000000-0000-4000-8000-000000000002', 'Mesh', 'mesh');
insert into public.room_participants (room_id, user_id, connection_id, supports_sfu)
select ('b0000000-0000-4000-8000-00000000000' || room)::uuid, ('a0000000-0000-4000-8000-00000000000' || person)::uuid,
  ('c000000' || room || '-0000-4000-8000-00000000000' || person)::uuid, true
from generate_series(1, 2) as room, generate_series(1, 4) as person;

-- Takes as the service does: the ends of the connections' ids, in order.
create function pg_temp.take(p_limit int default 100) returns text language plpgsql as $$
declare
  v_answer jsonb;
begin
  set local role service_role;
  v_answer := public.take_sfu_removals(p_limit);
  reset role;
  return (select string_agg(right(t ->> 'roomId', 1) || right(t ->> 'connectionId', 1), ' ' order by n)
    from jsonb_array_elements(v_answer) with ordinality as e (t, n));
end $$;
create function pg_temp.end_stay(p_room int, p_person int, p_reason text) returns void language sql as $$
  update public.room_participants p set is_active = false, left_at = now(), left_reason = p_reason
  where p.is_active and p.connection_id = ('c000000' || p_room || '-0000-4000-8000-00000000000' || p_person)::uuid
$$;

select is(pg_temp.take(), null, 'nobody has to be put out at first');
update public.room_participants set last_seen_at = now();
select is(pg_temp.take(), null, 'nor by a heartbeat');
select pg_temp.end_stay(2, 1, 'removed');
select is(pg_temp.take(), null, 'nor where a room is a mesh');

select pg_temp.end_stay(1, 1, 'removed');
select is((select jsonb_build_object('room', room_id, 'connection', connection_id) from private.sfu_removals),
  '{"room": "b0000000-0000-4000-8000-000000000001", "connection": "c0000001-0000-4000-8000-000000000001"}', 'who was removed is queued');
select is(pg_temp.take(), '11', 'and answered');
select is(pg_temp.take(), null, 'once');

select pg_temp.end_stay(1, 2, 'left');
delete from auth.users where id = 'a0000000-0000-4000-8000-000000000003';
select is(pg_temp.take(1), '12', 'as many as asked for, the oldest first');
select is(pg_temp.take(0), null, 'or none');
select is(pg_temp.take(), '13', 'a deleted account is put out as well');

select pg_temp.end_stay(1, 4, 'expired');
insert into public.room_participants (room_id, user_id, connection_id, supports_sfu) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004', 'c0000001-0000-4000-8000-000000000004', true);
select is(pg_temp.take(), null, 'who has come back with the same connection is left alone');
select is((select count(*)::int from private.sfu_removals), 0, 'for good');
select private.close_room('b0000000-0000-4000-8000-000000000001');
select is(pg_temp.take(), '14', 'closing a room puts everybody out');

-- Pruning.
insert into private.sfu_removals (room_id, connection_id, queued_at) values
  (gen_random_uuid(), gen_random_uuid(), now() - interval '16 minutes'), (gen_random_uuid(), gen_random_uuid(), now() - interval '14 minutes');
select is(private.prune_sfu_removals(), 1, 'what nobody took for 15 minutes is forgotten');
select is((select count(*)::int from private.sfu_removals), 1, 'and nothing else');

-- Nobody but the service.
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select throws_ok('select public.take_sfu_removals(1)', '42501', null, 'nobody who is signed in takes from the queue');
select throws_ok('select private.take_sfu_removals(1)', '42501', null, 'not even directly');
set local role anon;
select throws_ok('select public.take_sfu_removals(1)', '42501', null, 'nor anybody else');

select * from finish();
rollback;
