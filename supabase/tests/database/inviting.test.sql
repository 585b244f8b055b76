-- Members and invites: made, listed and revoked by the creator, found by whoever has a code.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(43);
update private.limits set max_count = 1000;

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 4) as n;
insert into public.rooms (id, name, creator_id, privacy) values
  ('b0000000-0000-4000-8000-000000000001', 'Hidden', 'a0000000-0000-4000-8000-000000000001', 'private'),
  ('b0000000-0000-4000-8000-000000000002', 'Open', 'a0000000-0000-4000-8000-000000000002', 'public');
insert into public.room_members (room_id, user_id) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002');
create temporary table made (name text primary key, invite jsonb);
grant all on made to authenticated;

-- Nobody touches the tables.
select is_empty($$ select t, r, v from unnest(array['room_members', 'room_invites', 'room_bans', 'blocked_people', 'reports']) as t,
    unnest(array['anon', 'authenticated']) as r, unnest(array['select', 'insert', 'update', 'delete']) as v
  where has_table_privilege(r, 'public.' || t, v) or has_any_column_privilege(r, 'public.' || t, 'select') $$,
  'clients have no verb on members, invites, bans, blocks and reports');
select ok(has_table_privilege('service_role', 'public.reports', 'select'), 'the service reads reports');

set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select lives_ok($$ insert into made select 'first', public.create_invite('b0000000-0000-4000-8000-000000000001') $$,
  'a creator invites');
select matches((select invite ->> 'code' from made), '^[A-Za-z0-9_-]{22}$', 'a code is 128 bits as base64url');
select is((select (invite ->> 'maxUses')::int from made), 25, 'it serves 25 times unless said otherwise');
select ok((select (invite ->> 'expiresAt')::timestamptz = now() + interval '168 hours' from made), 'and for a week');
select throws_ok($$ select public.create_invite('b0000000-0000-4000-8000-000000000001', 0) $$, 'PT400', 'invalid_input',
  'an hour at least');
select throws_ok($$ select public.create_invite('b0000000-0000-4000-8000-000000000001', 721) $$, 'PT400', 'invalid_input',
  'thirty days at most');
select throws_ok($$ select public.create_invite('b0000000-0000-4000-8000-000000000001', 1, 1001) $$, 'PT400',
  'invalid_input', 'a thousand uses at most');
select is(jsonb_array_length(public.list_invites('b0000000-0000-4000-8000-000000000001')), 1, 'invites are listed');
select is(public.list_invites('b0000000-0000-4000-8000-000000000001') -> 0 -> 'createdBy',
  '{"userId": "a0000000-0000-4000-8000-000000000001", "displayName": "Person 1"}', 'with who made them');
select ok(public.list_invites('b0000000-0000-4000-8000-000000000001')::text not like '%' || (select invite ->> 'code' from made) || '%',
  'without their codes');
select is(jsonb_path_query_array(public.list_room_members('b0000000-0000-4000-8000-000000000001'), '$[*].displayName'),
  '["Person 2"]', 'a creator sees the members');

-- A member sees the room and may not manage it.
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select results_eq('select name from public.rooms order by 1', $$ values ('Hidden'), ('Open') $$, 'a member sees the room');
select is(jsonb_path_query_array(public.list_rooms('private'), '$[*].name'), '["Hidden"]', 'and lists it');
select throws_ok($$ select public.create_invite('b0000000-0000-4000-8000-000000000001') $$, 'PT403', 'not_creator',
  'a member does not invite');
select throws_ok($$ select public.list_invites('b0000000-0000-4000-8000-000000000001') $$, 'PT403', 'not_creator',
  'nor see the invites');
select throws_ok($$ select public.revoke_invites('b0000000-0000-4000-8000-000000000001') $$, 'PT403', 'not_creator',
  'nor end them');
select throws_ok($$ select public.list_room_members('b0000000-0000-4000-8000-000000000001') $$, 'PT403', 'not_creator',
  'nor see the members');

-- Finding a room by a code.
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select is(public.find_invited_room((select invite ->> 'code' from made)),
  '{"roomId": "b0000000-0000-4000-8000-000000000001"}', 'a code finds its room');
select is(public.find_invited_room('nonsense'), '{"refusal": "room_unavailable"}', 'a wrong code finds nothing');
select is(public.find_invited_room(null), '{"refusal": "room_unavailable"}', 'nor does none');
select is_empty($$ select 1 from public.rooms where privacy = 'private' $$, 'knowing a code shows nothing else');
reset role;
select is((select cardinality(taken_at) from private.permits where action = 'wrong_password'), 2,
  'wrong codes are counted, the right one is not');
select ok((select code_hash = extensions.digest((select invite ->> 'code' from made), 'sha256') from public.room_invites),
  'only the hash of a code is kept');
insert into public.room_bans (room_id, user_id) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003');
set local role authenticated;
select is(public.find_invited_room((select invite ->> 'code' from made)), '{"refusal": "room_unavailable"}',
  'nor does a good code of somebody who is banned');
reset role;
delete from public.room_bans;
update public.room_invites set expires_at = now();
set local role authenticated;
select is(public.find_invited_room((select invite ->> 'code' from made)), '{"refusal": "room_unavailable"}',
  'nor does one that is over');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select is(public.find_invited_room((select invite ->> 'code' from made)) ->> 'roomId',
  'b0000000-0000-4000-8000-000000000001', 'except to a member');
reset role;
update public.room_invites set expires_at = now() + interval '1 hour', used_count = max_uses;
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select is(public.find_invited_room((select invite ->> 'code' from made)), '{"refusal": "room_unavailable"}',
  'nor does one that is used up');
reset role;
update public.room_invites set used_count = 0;

-- Revoking.
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select throws_ok($$ select public.revoke_invite('b0000000-0000-4000-8000-000000000002',
  p_invite_id => (select (invite ->> 'id')::uuid from made)) $$, 'PT404', 'not_found',
  'nobody revokes another room''s invite through their own');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select lives_ok($$ select public.revoke_invite('b0000000-0000-4000-8000-000000000001', (select invite ->> 'code' from made)) $$,
  'a creator revokes by the code');
select lives_ok($$ select public.revoke_invite('b0000000-0000-4000-8000-000000000001',
  p_invite_id => (select (invite ->> 'id')::uuid from made)) $$, 'or by the id, and twice');
select is(public.list_invites('b0000000-0000-4000-8000-000000000001'), '[]', 'it is not listed any more');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select is(public.find_invited_room((select invite ->> 'code' from made)), '{"refusal": "room_unavailable"}',
  'and finds nothing');

-- Revoking all.
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
insert into made select n::text, public.create_invite('b0000000-0000-4000-8000-000000000001') from generate_series(1, 2) as n;
reset role;
insert into public.room_invites (room_id, creator_id, code_hash, expires_at, max_uses) values
  ('b0000000-0000-4000-8000-000000000002', null, extensions.digest('another room', 'sha256'), now() + interval '1 hour', 5);
update public.room_invites set creator_id = null where id = (select (invite ->> 'id')::uuid from made where name = '1');
set local role authenticated;
select is(jsonb_path_query_array(public.list_invites('b0000000-0000-4000-8000-000000000001'), '$[*].createdBy.displayName'),
  '["Person 1"]', 'an invite outlives the account that made it, without a name');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select throws_ok($$ select public.revoke_invites('b0000000-0000-4000-8000-000000000001') $$, 'PT404', 'room_unavailable',
  'a stranger revokes nothing of a hidden room');
select throws_ok($$ select public.revoke_invites('b0000000-0000-4000-8000-000000000009') $$, 'PT404', 'room_unavailable',
  'which is like one that there is not');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select lives_ok($$ select public.revoke_invites('b0000000-0000-4000-8000-000000000001') $$, 'a creator revokes all');
select lives_ok($$ select public.revoke_invites('b0000000-0000-4000-8000-000000000001') $$, 'and twice');
select is(public.list_invites('b0000000-0000-4000-8000-000000000001'), '[]', 'none is left');
reset role;
select is((select count(*)::int from public.room_invites where revoked_at is null), 1, 'but that of another room');
delete from public.room_invites where room_id = 'b0000000-0000-4000-8000-000000000002';
delete from made where name <> 'first';

-- Too many, and too old.
reset role;
insert into public.room_invites (room_id, code_hash, expires_at, max_uses)
select 'b0000000-0000-4000-8000-000000000001', extensions.digest(n::text, 'sha256'), now() + interval '1 hour', 1
from generate_series(1, 50) as n;
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select throws_ok($$ select public.create_invite('b0000000-0000-4000-8000-000000000001') $$, 'PT403', 'not_allowed',
  'fifty open invites are enough');
reset role;
update public.room_invites set expires_at = now() - interval '8 days' where max_uses = 1;
select is(private.prune_invites(), 50, 'invites that are long over are deleted');

select * from finish();
rollback;
