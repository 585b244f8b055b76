-- What happens in rooms is written down, whoever does it; no client sees it.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated, service_role;
select plan(17);
delete from public.room_events;

insert into auth.users (id, email)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test' from generate_series(1, 2) as n;
insert into public.rooms (id, name, creator_id, created_at) values
  ('b0000000-0000-4000-8000-000000000001', 'Open', 'a0000000-0000-4000-8000-000000000001', now() - interval '1 hour');
insert into public.room_participants (room_id, user_id, connection_id, joined_at)
select 'b0000000-0000-4000-8000-000000000001', ('a0000000-0000-4000-8000-00000000000' || n)::uuid, gen_random_uuid(),
  now() - interval '90 seconds' from generate_series(1, 2) as n;
update public.room_participants set is_active = false, left_at = now(), left_reason = 'left'
where user_id = 'a0000000-0000-4000-8000-000000000001';
update public.room_participants set last_seen_at = now();
update public.rooms set topology = 'sfu', topology_epoch = 1;
update public.room_participants set is_active = false, left_at = now(), left_reason = 'expired' where is_active;
update public.rooms set is_active = false, closed_at = now();

select results_eq($$ select kind::text, right(user_id::text, 1), details - 'lifeSeconds' from public.room_events order by id $$,
  $$ values
    ('created', '1', '{"privacy": "public", "hasPassword": false, "maxParticipants": 50, "isRecurring": false}'::jsonb),
    ('joined', '1', '{"participantCount": 1, "topology": "mesh"}'),
    ('joined', '2', '{"participantCount": 2, "topology": "mesh"}'),
    ('left', '1', '{"reason": "left", "staySeconds": 90.000, "participantCount": 1, "topology": "mesh"}'),
    ('topology_changed', null, '{"topology": "sfu", "epoch": 1, "participantCount": 1, "isLatched": false}'),
    ('left', '2', '{"reason": "expired", "staySeconds": 90.000, "participantCount": 0, "topology": "sfu"}'),
    ('closed', null, '{}') $$, 'everything that counts is written down, in order, and nothing else');
select is((select details from public.room_events where kind = 'closed'), '{"lifeSeconds": 3600.000}',
  'a closed room tells how long it lived');

select lives_ok($$ delete from auth.users where id = 'a0000000-0000-4000-8000-000000000001' $$, 'an account goes');
select is((select count(*)::int from public.room_events where user_id = 'a0000000-0000-4000-8000-000000000001'), 0,
  'and cannot be found in the events');
select is((select count(*)::int from public.room_events), 7, 'which stay');
delete from public.rooms;
select is_empty('select * from public.room_events', 'a room that is deleted takes its events along');

insert into public.rooms (id, name) values ('b0000000-0000-4000-8000-000000000002', 'Other');
set local role service_role;
select isnt_empty('select * from public.room_events', 'the service reads them');
select throws_ok('delete from public.room_events', '42501', null, 'and changes none');
set local role anon;
select throws_ok('select * from public.room_events', '42501', null, 'anon: select is refused');
select throws_ok($$ insert into public.room_events (room_id, kind) values ('b0000000-0000-4000-8000-000000000002', 'left') $$,
  '42501', null, 'anon: insert is refused');
select throws_ok($$ update public.room_events set at = now() $$, '42501', null, 'anon: update is refused');
select throws_ok('delete from public.room_events', '42501', null, 'anon: delete is refused');
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select throws_ok('select * from public.room_events', '42501', null, 'authenticated: select is refused');
select throws_ok($$ insert into public.room_events (room_id, kind) values ('b0000000-0000-4000-8000-000000000002', 'left') $$,
  '42501', null, 'authenticated: insert is refused');
select throws_ok($$ update public.room_events set at = now() $$, '42501', null, 'authenticated: update is refused');
select throws_ok('delete from public.room_events', '42501', null, 'authenticated: delete is refused');
select throws_ok('select private.log_room()', '42501', null, 'authenticated: nobody writes one by hand');

select * from finish();
rollback;
