-- Chat: who writes, reads and deletes, and what is kept.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(60);
update private.limits set max_count = 1000;

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 4) as n;
insert into public.rooms (id, name, creator_id) values
  ('b0000000-0000-4000-8000-000000000001', 'Open', 'a0000000-0000-4000-8000-000000000001'),
  ('b0000000-0000-4000-8000-000000000002', 'Silent', 'a0000000-0000-4000-8000-000000000001');
update public.rooms set settings = settings || '{"allow_chat": false}' where id = 'b0000000-0000-4000-8000-000000000002';
insert into public.room_participants (room_id, user_id, connection_id) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', gen_random_uuid()),
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002', gen_random_uuid()),
  ('b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001', gen_random_uuid());

select is(private.clean_text(E' \r\n a\r\nb\rc\td\u0007\u202Ee \n '), E'a\nb\nc de', 'line breaks stay, control characters go');

-- Writing.
set local role authenticated;
set local request.jwt.claim.sub = '';
select throws_ok($$ select public.send_message('b0000000-0000-4000-8000-000000000001', 'x', gen_random_uuid()) $$, 'PT401', 'not_signed_in',
  'writing needs an account');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(public.send_message('b0000000-0000-4000-8000-000000000001', E' Hello\nyou ', 'd0000000-0000-4000-8000-000000000001')
  - '{id,sentAt}'::text[], '{"authorId": "a0000000-0000-4000-8000-000000000001", "displayName": "Person 1", "avatar": null, "body": "Hello\nyou",
    "clientMessageId": "d0000000-0000-4000-8000-000000000001"}', 'people inside write');
select is(public.send_message('b0000000-0000-4000-8000-000000000001', 'again', 'd0000000-0000-4000-8000-000000000001') ->> 'body',
  E'Hello\nyou', 'a retry answers what was written first');
select is((select count(*)::int from public.messages), 1, 'and writes nothing');
select throws_ok($$ select public.send_message('b0000000-0000-4000-8000-000000000001', E' \n\u0007', gen_random_uuid()) $$, 'PT400',
  'invalid_input', 'nothing is no message');
select throws_ok($$ select public.send_message('b0000000-0000-4000-8000-000000000001', null, gen_random_uuid()) $$, 'PT400',
  'invalid_input', 'nor is null');
select throws_ok($$ select public.send_message('b0000000-0000-4000-8000-000000000001', 'x', null) $$, 'PT400', 'invalid_input',
  'a message has a name');
select throws_ok($$ select public.send_message('b0000000-0000-4000-8000-000000000001', repeat('x', 2001), gen_random_uuid()) $$, 'PT400',
  'invalid_input', 'too long');
select lives_ok($$ select public.send_message('b0000000-0000-4000-8000-000000000001', repeat('ä', 2000), gen_random_uuid()) $$,
  '2,000 characters are not');
select throws_ok($$ select public.send_message('b0000000-0000-4000-8000-000000000002', 'x', gen_random_uuid()) $$, 'PT403',
  'not_allowed', 'a room without chat has none');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select throws_ok($$ select public.send_message('b0000000-0000-4000-8000-000000000001', 'x', gen_random_uuid()) $$, 'PT403',
  'not_participant', 'nobody outside writes');
select throws_ok($$ select public.send_message(gen_random_uuid(), 'x', gen_random_uuid()) $$, 'PT403',
  'not_participant', 'nor where there is no room');
select throws_ok($$ select public.list_messages('b0000000-0000-4000-8000-000000000001') $$, 'PT403', 'not_participant',
  'nobody outside reads');
select is_empty($$ select * from public.messages $$, 'not even rows');

-- Reading.
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select is(jsonb_array_length(public.list_messages('b0000000-0000-4000-8000-000000000001')), 2, 'others inside read');
select is((select count(*)::int from public.messages), 2, 'rows, too');
select lives_ok($$ select public.send_message('b0000000-0000-4000-8000-000000000001', n::text, gen_random_uuid())
  from generate_series(1, 60) n $$, 'many messages');
select is(jsonb_array_length(public.list_messages('b0000000-0000-4000-8000-000000000001', p_limit => 1000)), 50,
  'a page has fifty at most');
select is(jsonb_path_query_array(public.list_messages('b0000000-0000-4000-8000-000000000001', p_limit => 2), '$[*].body'),
  '["60", "59"]', 'the newest first');
select is(jsonb_path_query_array(public.list_messages('b0000000-0000-4000-8000-000000000001',
    (l.page #>> '{1,sentAt}')::timestamptz, (l.page #>> '{1,id}')::uuid, 2), '$[*].body'), '["58", "57"]', 'page by page')
from (select public.list_messages('b0000000-0000-4000-8000-000000000001', p_limit => 2) as page) as l;
select throws_ok($$ insert into public.messages (room_id, author_id, client_message_id, body) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002', gen_random_uuid(), 'x') $$, '42501', null,
  'nobody writes rows');
select throws_ok($$ update public.messages set body = 'x' $$, '42501', null, 'or changes them');
select throws_ok($$ delete from public.messages $$, '42501', null, 'or deletes them');

-- Blocking.
select public.block_person('a0000000-0000-4000-8000-000000000001');
select is(jsonb_path_query_array(public.list_messages('b0000000-0000-4000-8000-000000000001'),
  '$[*] ? (@.authorId == "a0000000-0000-4000-8000-000000000001")'), '[]', 'nobody reads whom they have blocked');
select is((select count(*)::int from public.messages), 60, 'nor their rows');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is((select count(*)::int from public.messages), 62, 'those who are blocked read on');
select public.send_message('b0000000-0000-4000-8000-000000000001', 'mine', 'd0000000-0000-4000-8000-000000000003');
create temporary table own on commit drop as select id from public.messages where body = 'mine';
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';

-- Deleting.
reset role;
grant select on own to authenticated;
set local role authenticated;
select throws_ok($$ select public.delete_message(id) from own $$, 'PT404', 'not_found', 'others do not delete');
select throws_ok($$ select public.delete_message(gen_random_uuid()) $$, 'PT404', 'not_found', 'as if there were none');
select lives_ok(format($$ select public.delete_message(%L) $$, m.id), 'authors delete') from public.messages m where m.body = '1';
reset role;
create temporary table two on commit drop as select id from public.messages where body = '2';
grant select on two to authenticated;
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select lives_ok($$ select public.delete_message(id) from two $$, 'the room''s creator deletes');
select throws_ok($$ select public.delete_message(id) from two $$, 'PT404', 'not_found', 'once');
reset role;
select is((select count(*)::int from realtime.messages where event = 'message_added'
  and topic = 'room:b0000000-0000-4000-8000-000000000001'), 63, 'the room was told of each');
select is((select count(*)::int from realtime.messages where event = 'message_deleted'), 2, 'and of what was deleted');
select ok(exists (select 1 from realtime.messages r, two t where r.event = 'message_deleted' and r.payload ->> 'id' = t.id::text),
  'by its id');

-- Limits.
update private.limits set max_count = 20 where action = 'send_message';
delete from private.permits;
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(public.send_message('b0000000-0000-4000-8000-000000000001', 'fast', ('d1000000-0000-4000-8000-0000000000' || n)::uuid) ->> 'refusal', null,
  'message ' || n || ' of twenty') from generate_series(10, 29) n;
select is(public.send_message('b0000000-0000-4000-8000-000000000001', 'too fast', gen_random_uuid()) ->> 'refusal', 'rate_limited',
  'twenty in ten seconds are enough');
select is(public.send_message('b0000000-0000-4000-8000-000000000001', 'fast', 'd1000000-0000-4000-8000-000000000029') ->> 'body', 'fast',
  'a retry is answered all the same');

-- Closing.
reset role;
select private.close_room('b0000000-0000-4000-8000-000000000001');
set local role authenticated;
select is_empty($$ select * from public.messages $$, 'nobody reads what was written in a closed room');
reset role;
select is(private.prune_messages(), 81, 'and it is deleted');
select is((select count(*)::int from realtime.messages where event = 'message_deleted'), 2, 'without a word');

select * from finish();
rollback;
