-- Names and pictures: made with the account, seen by those in a shared room only, changed by their owner only.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(34);

insert into auth.users (id, email, raw_user_meta_data) values
  ('a0000000-0000-4000-8000-000000000001', 'ada@example.test', '{"display_name": "Ada"}'),
  ('a0000000-0000-4000-8000-000000000002', 'ben@example.test', '{"display_name": "Ben"}'),
  ('a0000000-0000-4000-8000-000000000003', 'cyd@example.test', '{"display_name": "Cyd"}'),
  ('a0000000-0000-4000-8000-000000000004', 'four@example.test', null),
  ('a0000000-0000-4000-8000-000000000005', 'five@example.test', '{"display_name": {"first": "x"}}'),
  ('a0000000-0000-4000-8000-000000000006', 'six@example.test', '"not an object"'),
  ('a0000000-0000-4000-8000-000000000007', 'seven@example.test', jsonb_build_object('display_name', repeat('x', 5000))),
  ('a0000000-0000-4000-8000-000000000008', 'eight@example.test', jsonb_build_object('display_name', E' \t\u202E Zo\u00eb\u200B\n  Q ')),
  ('a0000000-0000-4000-8000-000000000009', 'nine@example.test', jsonb_build_object('display_name', E'\u200B \t')),
  ('a0000000-0000-4000-8000-00000000000a', 'ten@example.test', to_jsonb('{"display_name": "Text"}'::text));

select is((select display_name from public.profiles where id = 'a0000000-0000-4000-8000-000000000001'), 'Ada',
  'a sign-up makes a profile with its name');
select is((select display_name from public.profiles where id = 'a0000000-0000-4000-8000-000000000004'), 'Student',
  'a sign-up without metadata gets a name');
select is((select display_name from public.profiles where id = 'a0000000-0000-4000-8000-000000000005'), 'Student',
  'a name that is no text is not used');
select is((select display_name from public.profiles where id = 'a0000000-0000-4000-8000-000000000006'), 'Student',
  'metadata that is no object does not refuse the sign-up');
select is((select char_length(display_name) from public.profiles where id = 'a0000000-0000-4000-8000-000000000007'), 40,
  'a long name is cut');
select is((select display_name from public.profiles where id = 'a0000000-0000-4000-8000-000000000008'), 'Zoë Q',
  'control and direction-changing characters are removed, and blanks collapsed');
select is((select display_name from public.profiles where id = 'a0000000-0000-4000-8000-000000000009'), 'Student',
  'a name of which nothing is left is not used');
select is((select display_name from public.profiles where id = 'a0000000-0000-4000-8000-00000000000a'), 'Text',
  'metadata that arrives as text is read');

insert into public.rooms (id, name, creator_id)
values ('b0000000-0000-4000-8000-000000000001', 'Room', 'a0000000-0000-4000-8000-000000000001');
insert into public.room_participants (room_id, user_id, connection_id) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', gen_random_uuid()),
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002', gen_random_uuid());

set local role anon;
set local request.jwt.claim.sub = '';
select throws_ok('select * from public.profiles', '42501', null, 'anon: select is refused');
select throws_ok($$ insert into public.profiles (id, display_name) values (gen_random_uuid(), 'x') $$, '42501', null,
  'anon: insert is refused');
select throws_ok($$ update public.profiles set display_name = 'x' $$, '42501', null, 'anon: update is refused');
select throws_ok('delete from public.profiles', '42501', null, 'anon: delete is refused');

set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select results_eq('select display_name from public.profiles order by 1', $$ values ('Ada'), ('Ben') $$,
  'people see themselves and those in a room with them');
select lives_ok($$ update public.profiles set display_name = '  Ada   L. '
  where id = 'a0000000-0000-4000-8000-000000000001' $$, 'people change their own profile');
select is((select display_name from public.profiles where id = 'a0000000-0000-4000-8000-000000000001'), 'Ada L.',
  'a changed name is cleaned');
select throws_ok($$ update public.profiles set display_name = E' \u200B '
  where id = 'a0000000-0000-4000-8000-000000000001' $$, 'PT400', 'invalid_input', 'an empty name is refused');
select throws_ok($$ update public.profiles set avatar = 'cat-moss'
  where id = 'a0000000-0000-4000-8000-000000000001' $$, '42501', null, 'authenticated: update of the picture is refused');
update public.profiles set display_name = 'Hacked' where id = 'a0000000-0000-4000-8000-000000000002';
select throws_ok($$ insert into public.profiles (id, display_name) values (gen_random_uuid(), 'x') $$, '42501', null,
  'authenticated: insert is refused');
select throws_ok('delete from public.profiles', '42501', null, 'authenticated: delete is refused');
select throws_ok($$ update public.profiles set created_at = now() $$, '42501', null,
  'authenticated: update of other columns is refused');

set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select results_eq('select display_name from public.profiles', $$ values ('Cyd') $$,
  'somebody who shares no room sees nobody else');

reset role;
select is((select display_name from public.profiles where id = 'a0000000-0000-4000-8000-000000000002'), 'Ben',
  'nobody changes somebody else''s profile');

-- Pictures: chosen among those that the app draws, told to those in a room.
set local role anon;
set local request.jwt.claim.sub = '';
select throws_ok($$ select public.set_avatar('cat-moss') $$, '42501', null, 'anon: choosing a picture is refused');
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(public.set_avatar('cat-moss'), '{}', 'people choose their own picture');
select is(public.set_avatar('cat-moss'), '{}', 'and again');
select throws_ok(format('select public.set_avatar(%L)', avatar), 'PT400', 'invalid_input', 'what the app does not draw is refused: ' || left(avatar, 20))
from unnest(array['https://elsewhere.test/x.png', 'owl-moss', 'cat', E'cat-moss\n', repeat('x', 100000)]) as avatar;
select is(public.list_participants('b0000000-0000-4000-8000-000000000001') -> 0 ->> 'avatar', 'cat-moss',
  'those in the room see it');
reset role;
select results_eq($$ select topic, payload - 'id' from realtime.messages where event = 'avatar_changed' $$,
  $$ values ('room:b0000000-0000-4000-8000-000000000001',
    '{"userId": "a0000000-0000-4000-8000-000000000001", "avatar": "cat-moss"}'::jsonb) $$, 'and are told, once');
select is((select private.participant_details(p) ->> 'avatar' from public.room_participants p
  where p.user_id = 'a0000000-0000-4000-8000-000000000001'), 'cat-moss', 'who joins is told of with their picture');
update private.limits set max_count = 1 where action = 'set_avatar';
set local role authenticated;
select is(public.set_avatar(null) ->> 'refusal', 'rate_limited', 'not without end');
reset role;

select * from finish();
rollback;
