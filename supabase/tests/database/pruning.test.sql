-- What grows is pruned, and nothing else.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(13);

insert into auth.users (id, email)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test' from generate_series(1, 2) as n;
insert into public.rooms (id, name, is_active, closed_at) values
  ('b0000000-0000-4000-8000-000000000001', 'Old', false, now() - interval '31 days'),
  ('b0000000-0000-4000-8000-000000000002', 'Closed', false, now() - interval '29 days'),
  ('b0000000-0000-4000-8000-000000000003', 'Open', true, null);
insert into public.room_participants (room_id, user_id, connection_id, is_active, left_at, left_reason) values
  ('b0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001',
   false, now() - interval '31 days', 'left'),
  ('b0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000002',
   false, now() - interval '29 days', 'left'),
  ('b0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000003',
   true, null, null);
delete from public.room_events;
insert into public.room_events (room_id, kind, at) values
  ('b0000000-0000-4000-8000-000000000003', 'created', now() - interval '31 days'),
  ('b0000000-0000-4000-8000-000000000003', 'closed', now() - interval '29 days');
insert into private.permits (user_id, action, taken_at) values
  ('a0000000-0000-4000-8000-000000000001', 'join_room', array[now() - interval '40 days']),
  ('a0000000-0000-4000-8000-000000000002', 'join_room', array[now() - interval '40 days', now()]);
insert into private.idempotency_keys (user_id, key, room_id, created_at) values
  ('a0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000001', null, now() - interval '25 hours'),
  ('a0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000002', null, now() - interval '23 hours');

create function private.prune_and_fail() returns int language plpgsql set search_path = '' as $$
begin
  raise exception 'no';
end $$;
create function private.prune_something_else(p_how text) returns int language sql set search_path = '' as 'select 1 / 0';
set local client_min_messages = error;
select ok(private.prune() >= 5, 'everything is pruned, though one of the functions fails');
select results_eq('select name from public.rooms order by 1', $$ values ('Closed'), ('Open') $$,
  'rooms closed for 30 days are gone');
select results_eq('select connection_id from public.room_participants order by 1',
  $$ values ('c0000000-0000-4000-8000-000000000002'::uuid), ('c0000000-0000-4000-8000-000000000003') $$,
  'and stays that ended 30 days ago');
select is((select participant_count from public.rooms where name = 'Open'), 1, 'which changes no count');
select results_eq('select kind::text from public.room_events where at < now()', $$ values ('closed') $$, 'and events of then');
select results_eq('select user_id from private.permits', $$ values ('a0000000-0000-4000-8000-000000000002'::uuid) $$,
  'and permits that nobody uses');
select results_eq('select key from private.idempotency_keys', $$ values ('d0000000-0000-4000-8000-000000000002'::uuid) $$,
  'and keys of yesterday');
select is(private.prune(), 0, 'there is nothing left to do');

-- Batches.
insert into public.rooms (name, is_active, closed_at) select 'Old', false, now() - interval '31 days' from generate_series(1, 201);
select is(private.prune_rooms(), 200, 'many rooms are pruned in batches');
select is(private.prune_rooms(), 1, 'until none is left');
insert into public.rooms (name, empty_since) select 'Empty', now() - interval '1 hour' from generate_series(1, 201);
select is(private.close_empty_rooms(), 200, 'many rooms are closed in batches');
select is(private.close_empty_rooms(), 1, 'until none is left');

set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select throws_ok('select private.prune()', '42501', null, 'nobody who is signed in prunes');

select * from finish();
rollback;
