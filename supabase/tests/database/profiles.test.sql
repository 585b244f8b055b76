-- Names and pictures: made with the account, seen by those in a shared room only, changed by their owner only.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(22);

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
select lives_ok($$ update public.profiles set display_name = '  Ada   L. ', avatar = 'owl'
  where id = 'a0000000-0000-4000-8000-000000000001' $$, 'people change their own profile');
select is((select display_name from public.profiles where id = 'a0000000-0000-4000-8000-000000000001'), 'Ada L.',
  'a changed name is cleaned');
select throws_ok($$ update public.profiles set display_name = E' \u200B '
  where id = 'a0000000-0000-4000-8000-000000000001' $$, 'PT400', 'invalid_input', 'an empty name is refused');
select throws_ok($$ update public.profiles set avatar = 'https://elsewhere.test/x.png'
  where id = 'a0000000-0000-4000-8000-000000000001' $$, '23514', null, 'a picture from elsewhere is refused');
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

select * from finish();
rollback;
