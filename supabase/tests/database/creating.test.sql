-- Opening rooms, and the limits of what one person may do.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(42);

insert into auth.users (id, email, raw_user_meta_data) values
  ('a0000000-0000-4000-8000-000000000001', 'ada@example.test', '{"display_name": "Ada"}'),
  ('a0000000-0000-4000-8000-000000000002', 'ben@example.test', '{"display_name": "Ben"}');

select results_eq('select action, max_count, window_length from private.limits
    where action in (''create_room'', ''join_room'', ''report_mesh_failure'', ''wrong_password'') order by action',
  $$ values ('create_room', 1, interval '1 minute'), ('join_room', 5, interval '1 minute'),
     ('report_mesh_failure', 5, interval '1 minute'), ('wrong_password', 10, interval '5 minutes') $$, 'the limits are as promised');

set local role authenticated;
set local request.jwt.claim.sub = '';
select throws_ok($$ select public.create_room('x') $$, 'PT401', 'not_signed_in', 'opening a room needs an account');

set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select throws_ok($$ select public.create_room('') $$, 'PT400', 'invalid_input', 'a room needs a name');
select throws_ok($$ select public.create_room(E' \t\u200B ') $$, 'PT400', 'invalid_input', 'that can be seen');
select throws_ok($$ select public.create_room(repeat('x', 81)) $$, 'PT400', 'invalid_input', 'of at most 80 characters');
select throws_ok($$ select public.create_room('x', p_max_participants => 1) $$, 'PT400', 'invalid_input', 'two at least');
select throws_ok($$ select public.create_room('x', p_max_participants => 51) $$, 'PT400', 'invalid_input', '50 at most');
select throws_ok($$ select public.create_room('x', p_tags => '{a,b,c,d,e,f}') $$, 'PT400', 'invalid_input', 'five tags');
select throws_ok($$ select public.create_room('x', p_tags => array[repeat('x', 25)]) $$, 'PT400', 'invalid_input',
  'of at most 24 characters');
select throws_ok($$ select public.create_room('x', p_settings => '{"allow_chat": "yes"}') $$, 'PT400', 'invalid_input',
  'settings are booleans');
select throws_ok($$ select public.create_room('x', p_settings => jsonb_build_object('more', repeat('x', 5000))) $$,
  'PT400', 'invalid_input', 'and not endless');
select throws_ok($$ select public.create_room('x', p_password => '') $$, 'PT400', 'invalid_input',
  'a password is not empty');

select isnt(public.create_room(E'  Quiet\n  maths ', 'private', '{Maths, maths, " Exam prep "}', 8,
  '{"allow_chat": false, "later": 1}', 'open sesame') ->> 'roomId', null, 'refused attempts do not count');
select results_eq($$ select name, privacy::text, max_participants, has_password, is_active, participant_count, creator_id
    from public.rooms $$,
  $$ values ('Quiet maths', 'private', 8, true, true, 0, 'a0000000-0000-4000-8000-000000000001'::uuid) $$,
  'a room is as it was asked for');
select results_eq('select tag from public.room_tags order by 1', $$ values ('exam prep'), ('maths') $$,
  'tags are in lower case, each once');
select is((select settings from public.rooms),
  '{"allow_chat": false, "allow_video": true, "allow_screenshare": true, "allow_timer_control": true, "allow_recording": true, "waiting_room": false, "later": 1}'::jsonb,
  'settings are kept over the defaults');
select is(public.create_room('Second') ->> 'refusal', 'rate_limited', 'one room a minute');
select ok((public.create_room('Second') ->> 'retryAfterSeconds')::int between 1 and 60, 'with the time to wait');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select isnt(public.create_room('Of another') ->> 'roomId', null, 'limits are of each person');

reset role;
update private.permits set taken_at = array[now() - interval '61 seconds'] where action = 'create_room';
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select isnt(public.create_room('Second') ->> 'roomId', null, 'a minute later there is another one');

-- Settings as text, as the embedded backend's Data API hands them over.
reset role;
delete from private.permits;
set local role authenticated;
select isnt(public.create_room('Third', p_settings => to_jsonb('{"allow_video": false}'::text)) ->> 'roomId', null,
  'settings that arrive as text are read');
select is((select settings -> 'allow_video' from public.rooms where name = 'Third'), 'false'::jsonb, 'and kept');

-- Joins.
reset role;
insert into public.rooms (id, name, privacy)
select ('b0000000-0000-4000-8000-00000000000' || n)::uuid, 'Room ' || n, 'public' from generate_series(1, 7) as n;
set local role authenticated;
select is_empty($$ select public.join_room(('b0000000-0000-4000-8000-00000000000' || n)::uuid,
    ('c0000000-0000-4000-8000-00000000000' || n)::uuid) ->> 'refusal' from generate_series(1, 5) as n
  where public.join_room(('b0000000-0000-4000-8000-00000000000' || n)::uuid,
    ('c0000000-0000-4000-8000-00000000000' || n)::uuid) ? 'refusal' $$, 'five joins a minute, retries not counted');
select is(public.join_room('b0000000-0000-4000-8000-000000000006', gen_random_uuid()) ->> 'refusal', 'rate_limited',
  'the sixth is refused');
select ok((public.join_room('b0000000-0000-4000-8000-000000000006', gen_random_uuid()) ->> 'retryAfterSeconds')::int
  between 1 and 60, 'with the time to wait');
select is(public.join_room('b0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001') -> 'refusal',
  null, 'a retry is let through all the same');
reset role;
update public.room_participants set is_active = false, left_at = now(), left_reason = 'expired'
where connection_id = 'c0000000-0000-4000-8000-000000000002';
set local role authenticated;
select is(public.join_room('b0000000-0000-4000-8000-000000000002', 'c0000000-0000-4000-8000-000000000002') -> 'refusal',
  null, 'and so is who comes back after an outage');

-- Wrong passwords.
reset role;
update private.limits set max_count = 3 where action = 'wrong_password';
delete from private.permits;
insert into public.rooms (id, name, privacy) values ('b0000000-0000-4000-8000-0000000000aa', 'Locked', 'private');
select private.set_room_password('b0000000-0000-4000-8000-0000000000aa', 'right');
set local role authenticated;
select is(jsonb_agg(public.join_room('b0000000-0000-4000-8000-0000000000aa', gen_random_uuid(), 'wrong ' || n)),
  '[{"refusal": "room_unavailable"}, {"refusal": "room_unavailable"}, {"refusal": "room_unavailable"}]',
  'wrong passwords are refused') from generate_series(1, 3) as n;
select is(public.join_room('b0000000-0000-4000-8000-0000000000aa', gen_random_uuid(), 'wrong') ->> 'refusal',
  'rate_limited', 'until there were too many');
select is(public.join_room('b0000000-0000-4000-8000-0000000000aa', gen_random_uuid(), 'right') ->> 'refusal',
  'rate_limited', 'after which the right one is not looked at');
select is(public.join_room(gen_random_uuid(), gen_random_uuid(), 'right') ->> 'refusal',
  'rate_limited', 'nor a room that does not exist');
select is(public.join_room('b0000000-0000-4000-8000-000000000001', gen_random_uuid()) -> 'refusal', null,
  'rooms without a password stay open');
reset role;
update private.permits set taken_at = array[now() - interval '301 seconds'] where action = 'wrong_password';
set local role authenticated;
select is(public.join_room('b0000000-0000-4000-8000-0000000000aa', gen_random_uuid(), 'right') -> 'refusal', null,
  'later the right one opens the room');

-- The same request twice.
reset role;
delete from private.permits;
create temporary table opened as select null::text as answer;
grant all on opened to authenticated;
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
insert into opened select public.create_room('Once', p_idempotency_key => 'd0000000-0000-4000-8000-000000000001') ->> 'roomId';
select is(public.create_room('Once', p_idempotency_key => 'd0000000-0000-4000-8000-000000000001') ->> 'roomId',
  (select answer from opened where answer is not null), 'the same key answers the same room');
select is(public.create_room('Twice', p_idempotency_key => 'd0000000-0000-4000-8000-000000000002') ->> 'refusal',
  'rate_limited', 'another key is another room');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select isnt(public.create_room('Mine', p_idempotency_key => 'd0000000-0000-4000-8000-000000000001') ->> 'roomId',
  (select answer from opened where answer is not null), 'another one''s key is one''s own');
reset role;
select is((select count(*)::int from public.rooms where name in ('Once', 'Twice')), 1, 'one room was opened');
select is((select cardinality(taken_at) from private.permits where action = 'create_room'
  and user_id = 'a0000000-0000-4000-8000-000000000002'), 1, 'and one permit taken');
delete from private.permits;
update private.idempotency_keys set created_at = now() - interval '25 hours';
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select isnt(public.create_room('Twice', p_idempotency_key => 'd0000000-0000-4000-8000-000000000002') ->> 'roomId', null,
  'a key that was refused may be used again');
reset role;
delete from private.permits;
set local role authenticated;
select isnt(public.create_room('Again', p_idempotency_key => 'd0000000-0000-4000-8000-000000000001') ->> 'roomId',
  (select answer from opened where answer is not null), 'a key of yesterday is forgotten');
select throws_ok($$ select public.create_room('', p_idempotency_key => 'd0000000-0000-4000-8000-000000000009') $$,
  'PT400', 'invalid_input', 'what is refused is refused with a key, too');
select throws_ok('select * from private.idempotency_keys', '42501', null, 'nobody reads keys');

select * from finish();
rollback;
