-- What the scheduler does: people who have gone without a word, rooms that nobody is in.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(18);

insert into auth.users (id, email)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test' from generate_series(1, 3) as n;
update public.rooms set is_active = false, closed_at = now() where is_active;
insert into public.rooms (id, name) values
  ('b0000000-0000-4000-8000-000000000001', 'Busy'), ('b0000000-0000-4000-8000-000000000002', 'New'),
  ('b0000000-0000-4000-8000-000000000003', 'Long empty');
update public.rooms set empty_since = now() - interval '301 seconds' where id = 'b0000000-0000-4000-8000-000000000003';
update public.rooms set empty_since = now() - interval '299 seconds' where id = 'b0000000-0000-4000-8000-000000000002';
insert into public.room_participants (room_id, user_id, connection_id, last_seen_at) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001',
   'c0000000-0000-4000-8000-000000000001', now() - interval '61 seconds'),
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002',
   'c0000000-0000-4000-8000-000000000002', now() - interval '59 seconds');

select is(private.drop_unseen_participants(), 1, 'who is unseen for 60 s is dropped');
select results_eq('select connection_id, is_active, left_reason from public.room_participants order by 1',
  $$ values ('c0000000-0000-4000-8000-000000000001'::uuid, false, 'expired'),
     ('c0000000-0000-4000-8000-000000000002'::uuid, true, null) $$, 'nobody else is, and the reason is kept');
select is((select participant_count from public.rooms where name = 'Busy'), 1, 'the count follows');
select is(private.drop_unseen_participants(), 0, 'nobody is dropped twice');

set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(public.heartbeat('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001'),
  'gone', 'a late heartbeat learns that its stay has ended');
select is(public.join_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001')
  -> 'room' ->> 'participantCount', '2', 'and may join again with the same connection');
reset role;
update public.room_participants set last_seen_at = now() - interval '61 seconds' where is_active;
set local role authenticated;
select public.heartbeat('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001');
reset role;
select is(private.drop_unseen_participants(), 1, 'a heartbeat keeps a stay');

select is(private.close_empty_rooms(), 1, 'a room empty for 5 min is closed');
select results_eq('select name, is_active from public.rooms where id::text like ''b0000000%'' order by name',
  $$ values ('Busy', true), ('Long empty', false), ('New', true) $$, 'no other room is');
select isnt((select closed_at from public.rooms where name = 'Long empty'), null, 'and tells when it was');
select is(private.close_empty_rooms(), 0, 'no room is closed twice');

update public.room_participants set is_active = false, left_at = now(), left_reason = 'left' where is_active;
select isnt((select empty_since from public.rooms where name = 'Busy'), null, 'a room that all have left is empty');
select is(private.close_empty_rooms(), 0, 'it is closed only after a while');
set local role authenticated;
select is(public.join_room('b0000000-0000-4000-8000-000000000001', gen_random_uuid()) -> 'refusal', null,
  'until then it can be joined');
reset role;
select is((select empty_since from public.rooms where name = 'Busy'), null, 'which makes it a room with people');

select private.close_room('b0000000-0000-4000-8000-000000000001');
select is((select count(*)::int from public.room_participants where is_active), 0, 'closing a room ends all stays');
select ok((select not is_active and participant_count = 0 and empty_since is not null from public.rooms where name = 'Busy'),
  'and leaves nobody counted');
select is((select count(*)::int from public.room_participants where left_reason = 'closed'), 1, 'with the reason');

select * from finish();
rollback;
