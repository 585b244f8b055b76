-- Recurring rooms: rules, who may do what, opening, invites, handing over.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(79);
update private.limits set max_count = 1000;

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 5) as n;

-- True where a rule is read, false where it is refused as it should be.
create function pg_temp.reads(p_rule text) returns boolean language plpgsql as $$
begin
  perform private.read_recurrence(p_rule);
  return true;
exception
  when sqlstate 'PT400' then
    return false;
end
$$;

-- True where a change is made, false where it is refused as it should be.
create function pg_temp.changes(p_id uuid, p_changes jsonb) returns boolean language plpgsql as $$
begin
  perform public.update_recurring_room(p_id, p_changes);
  return true;
exception
  when sqlstate 'PT400' then
    return false;
end
$$;
grant execute on function pg_temp.changes(uuid, jsonb) to authenticated;

-- Rules.
select is(private.next_occurrence('FREQ=DAILY', '2026-03-01 18:00', 'Europe/Berlin', '2026-03-28 17:00Z'),
  '2026-03-29 16:00Z'::timestamptz, '18:00 remains 18:00 when the clocks go forward');
select is(private.next_occurrence('FREQ=DAILY', '2026-03-01 02:30', 'Europe/Berlin', '2026-03-29 00:00Z'),
  '2026-03-29 01:30Z'::timestamptz, 'a time that is skipped is an hour later');
select is(private.next_occurrence('FREQ=DAILY', '2026-03-01 02:30', 'Europe/Berlin', '2026-10-24 12:00Z'),
  '2026-10-25 00:30Z'::timestamptz, 'a time that comes twice is the first');
select is(private.next_occurrence('FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU', '2026-11-02 10:00', 'UTC', '2026-11-02 10:00Z'),
  '2026-11-15 10:00Z'::timestamptz, 'weeks begin where WKST says');
select is(private.next_occurrence('FREQ=MONTHLY;BYDAY=2MO,-1FR', '2026-11-01 10:00', 'UTC', '2026-11-10 00:00Z'),
  '2026-11-27 10:00Z'::timestamptz, 'the last Friday');
select is(private.next_occurrence('FREQ=MONTHLY;BYDAY=MO,1TU', '2026-11-01 10:00', 'UTC', '2026-11-03 00:00Z'),
  '2026-11-03 10:00Z'::timestamptz, 'all Mondays and the first Tuesday');
select is(private.next_occurrence('FREQ=MONTHLY;BYMONTHDAY=-1', '2026-01-01 10:00', 'UTC', '2028-02-01 00:00Z'),
  '2028-02-29 10:00Z'::timestamptz, 'the last day of a leap February');
select is(private.next_occurrence('FREQ=MONTHLY', '2026-01-31 10:00', 'UTC', '2026-02-01 00:00Z'),
  '2026-03-31 10:00Z'::timestamptz, 'a month without the day is left out');
select is(private.next_occurrence('FREQ=DAILY;COUNT=3', '2026-01-01 10:00', 'UTC', '2026-01-02 10:00Z'),
  '2026-01-03 10:00Z'::timestamptz, 'the third of three');
select is(private.next_occurrence('FREQ=DAILY;COUNT=3', '2026-01-01 10:00', 'UTC', '2026-01-03 10:00Z'), null,
  'nothing follows the last one');
select is(private.next_occurrence('FREQ=DAILY;UNTIL=20260103', '2026-01-01 10:00', 'UTC', '2026-01-02 10:00Z'),
  '2026-01-03 10:00Z'::timestamptz, 'the day that UNTIL names counts');
select is(private.next_occurrence('FREQ=DAILY;UNTIL=20260103T095900Z', '2026-01-01 10:00', 'UTC', '2026-01-02 10:00Z'), null,
  'nothing follows the moment that UNTIL names');
select is(private.next_occurrence('FREQ=DAILY', '2026-01-01 10:00', 'UTC', '-infinity'), '2026-01-01 10:00Z'::timestamptz,
  'the first of all');
select is(private.next_occurrence('FREQ=DAILY', '2026-01-01 10:00', 'UTC', 'infinity'), null, 'nothing follows for ever');
select is_empty($$ select rule from unnest(array['', 'FREQ=YEARLY', 'FREQ=DAILY;FREQ=DAILY', 'INTERVAL=2', 'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;INTERVAL=100', 'FREQ=DAILY;COUNT=0', 'FREQ=DAILY;COUNT=1001', 'FREQ=DAILY;COUNT=2;UNTIL=20260101',
    'FREQ=DAILY;UNTIL=20260230', 'FREQ=DAILY;UNTIL=20260101T000000', 'FREQ=WEEKLY;BYDAY=2MO', 'FREQ=DAILY;BYDAY=1MO',
    'FREQ=WEEKLY;BYMONTHDAY=1', 'FREQ=MONTHLY;BYDAY=6MO', 'FREQ=MONTHLY;BYDAY=0MO', 'FREQ=MONTHLY;BYMONTHDAY=0',
    'FREQ=MONTHLY;BYMONTHDAY=32', 'FREQ=DAILY;BYHOUR=1', 'RRULE:FREQ=DAILY', 'FREQ=DAILY;', ';', 'FREQ=DAILY;WKST=XX',
    'FREQ=WEEKLY;BYDAY=', repeat('FREQ=DAILY;', 100), 'FREQ=DAILY; INTERVAL=2', E'FREQ=DAILY\n']) as rule
  where (select pg_temp.reads(rule)) $$, 'whatever is no rule of the subset is refused');

-- Making them.
set local role authenticated;
set local request.jwt.claim.sub = '';
select throws_ok($$ select public.create_recurring_room('R', 'FREQ=DAILY', '2026-01-01T10:00', 'UTC') $$, 'PT401', 'not_signed_in',
  'making one needs an account');
select throws_ok($$ select public.list_my_recurring_rooms() $$, 'PT401', 'not_signed_in', 'listing them, too');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select throws_ok($$ select public.create_recurring_room('R', 'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31', '2026-02-01T10:00', 'UTC') $$,
  'PT400', 'invalid_input', 'a rule that never happens is refused');
select throws_ok($$ select public.create_recurring_room('R', 'FREQ=DAILY;UNTIL=20250101', '2026-02-01T10:00', 'UTC') $$,
  'PT400', 'invalid_input', 'one that is over before it begins, too');
select throws_ok($$ select public.create_recurring_room('R', 'FREQ=DAILY', '2026-02-01T10:00', 'Mars/Base') $$,
  'PT400', 'invalid_input', 'a zone that there is not');
select throws_ok($$ select public.create_recurring_room('R', 'FREQ=DAILY', '2026-02-01T10:00', 'XXX+3') $$,
  'PT400', 'invalid_input', 'a zone of one''s own making');
select throws_ok($$ select public.create_recurring_room('R', 'FREQ=DAILY', '2026-02-30T10:00', 'UTC') $$,
  'PT400', 'invalid_input', 'a day that there is not');
select throws_ok($$ select public.create_recurring_room('R', 'FREQ=DAILY', '2026-02-01T10:00Z', 'UTC') $$,
  'PT400', 'invalid_input', 'a start with a zone');
select throws_ok($$ select public.create_recurring_room(' ', 'FREQ=DAILY', '2026-02-01T10:00', 'UTC') $$,
  'PT400', 'invalid_input', 'a room without a name');
select throws_ok($$ select public.create_recurring_room('R', 'FREQ=DAILY', '2026-02-01T10:00', 'UTC', 1441) $$,
  'PT400', 'invalid_input', 'more than a day');
create temporary table made on commit drop as
  select (public.create_recurring_room('Maths', 'FREQ=DAILY', '2026-01-01T00:00', 'UTC', 1440, 'private', '{Maths}') ->> 'recurringRoomId')::uuid as id;
select is((public.list_my_recurring_rooms() #> '{0}') - '{id,nextStartsAt,nextEndsAt,settings}'::text[],
  '{"name": "Maths", "privacy": "private", "tags": ["maths"], "maxParticipants": 50, "isOwner": true, "rrule": "FREQ=DAILY",
    "startsAt": "2026-01-01T00:00", "timeZone": "UTC", "durationMinutes": 1440, "isOnNow": true, "liveRoomId": null,
    "participantCount": 0, "participants": []}', 'the owner finds it in the list');
select public.create_recurring_room('Later', 'FREQ=DAILY;COUNT=1', '2199-01-01T00:00', 'UTC');
select public.create_recurring_room('Over', 'FREQ=DAILY;COUNT=1', '2001-01-01T00:00', 'UTC');
select is(jsonb_path_query_array(public.list_my_recurring_rooms(), '$[*].name'), '["Maths", "Later", "Over"]',
  'what is on comes first, what is over last');
select is(public.list_my_recurring_rooms() #> '{2,nextStartsAt}', 'null', 'what is over has no next time');

-- Changing.
select is(public.update_recurring_room((select id from made), '{"name": "Algebra", "settings": {"allow_chat": false}, "tags": ["a", "b"]}'),
  '{}', 'the owner changes it');
select is(public.list_my_recurring_rooms() #> '{0,settings}',
  '{"allowChat": false, "allowVideo": true, "allowScreenshare": true, "allowTimerControl": true, "allowRecording": true,
    "waitingRoom": false}', 'what was left out remains, and all of it is told');
select is_empty($$ select c from unnest(array['{}', '[]', '{"owner_id": "x"}', '{"name": 1}', '{"privacy": "x"}', '{"rrule": "x"}',
    '{"tags": [1]}', '{"maxParticipants": 1.5}', '{"durationMinutes": 1e9}', '{"startsAt": "x"}', '{"timeZone": ""}',
    '{"settings": {"allow_chat": 1}}', '{"name": null}', '{"maxParticipants": 99}']::jsonb[]) as c
  where pg_temp.changes((select id from made), c) $$, 'what is no change is refused');

-- Strangers.
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select is(public.list_my_recurring_rooms(), '[]', 'a stranger sees none');
select throws_ok($$ select public.open_recurring_room((select id from made)) $$, 'PT404', 'not_found', 'a stranger opens none');
select throws_ok($$ select public.open_recurring_room(gen_random_uuid()) $$, 'PT404', 'not_found', 'as if it were missing');
select throws_ok($$ select public.update_recurring_room((select id from made), '{"name": "x"}') $$, 'PT404', 'not_found', 'changes none');
select throws_ok($$ select public.delete_recurring_room((select id from made)) $$, 'PT404', 'not_found', 'deletes none');
select throws_ok($$ select public.list_recurring_members((select id from made)) $$, 'PT404', 'not_found', 'lists nobody');
select throws_ok($$ select public.create_recurring_invite((select id from made)) $$, 'PT404', 'not_found', 'invites nobody');
select throws_ok($$ select public.revoke_recurring_invites((select id from made)) $$, 'PT404', 'not_found', 'revokes nothing');
select throws_ok($$ select public.leave_recurring_room((select id from made)) $$, 'PT404', 'not_found', 'leaves nothing');
select throws_ok($$ select public.remove_recurring_member((select id from made), 'a0000000-0000-4000-8000-000000000001') $$,
  'PT404', 'not_found', 'removes nobody');
select is(public.accept_recurring_invite('guess'), '{"refusal": "not_found"}', 'a guessed code opens nothing');
select is(public.accept_recurring_invite(null), '{"refusal": "not_found"}', 'nor does none');

-- Members.
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
create temporary table invited on commit drop as
  select public.create_recurring_invite((select id from made), 24, 2) ->> 'code' as code;
select ok((select code ~ '^[A-Za-z0-9_-]{22}$' from invited), 'a code has 128 bits');
select throws_ok($$ select public.create_recurring_invite((select id from made), 0, 2) $$, 'PT400', 'invalid_input', 'an invite lasts');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select is(public.accept_recurring_invite((select code from invited)), (select jsonb_build_object('recurringRoomId', id) from made),
  'a code makes a member');
select is(public.accept_recurring_invite((select code from invited)), (select jsonb_build_object('recurringRoomId', id) from made),
  'accepting twice is fine');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select is(public.accept_recurring_invite((select code from invited)), (select jsonb_build_object('recurringRoomId', id) from made),
  'and has used up nothing: a second one comes in');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000004';
select is(public.accept_recurring_invite((select code from invited)), '{"refusal": "not_found"}', 'a third one does not');
reset role;
select ok(not exists (select 1 from public.recurring_room_invites i, invited where i.code_hash = convert_to(code, 'UTF8')),
  'the code itself is not kept');
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select is(jsonb_path_query_array(public.list_recurring_members((select id from made)), '$[*].displayName'),
  '["Person 1", "Person 2", "Person 3"]', 'members know each other');
select throws_ok($$ select public.update_recurring_room((select id from made), '{"name": "x"}') $$, 'PT403', 'not_creator',
  'a member changes nothing');
select throws_ok($$ select public.delete_recurring_room((select id from made)) $$, 'PT403', 'not_creator', 'deletes nothing');
select throws_ok($$ select public.create_recurring_invite((select id from made)) $$, 'PT403', 'not_creator', 'invites nobody');
select throws_ok($$ select public.revoke_recurring_invites((select id from made)) $$, 'PT403', 'not_creator', 'revokes nothing');
select throws_ok($$ select public.remove_recurring_member((select id from made), 'a0000000-0000-4000-8000-000000000003') $$,
  'PT403', 'not_creator', 'removes nobody');

-- Opening.
create temporary table opened on commit drop as
  select (public.open_recurring_room((select id from made)) ->> 'roomId')::uuid as id;
select is(public.join_room((select id from opened), 'c0000000-0000-4000-8000-000000000002') #>> '{room,name}', 'Algebra',
  'a member opens it and joins without a password');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select is(public.open_recurring_room((select id from made)), (select jsonb_build_object('roomId', id) from opened),
  'the next one gets the same room');
select is(public.join_room((select id from opened), 'c0000000-0000-4000-8000-000000000003') #>> '{room,recurringRoomId}',
  (select id::text from made), 'and joins it');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(jsonb_path_query_array(public.list_my_recurring_rooms(), '$[0].participants[*].displayName'), '["Person 2", "Person 3"]',
  'the list tells who is in it');
reset role;
select ok((select creator_id = 'a0000000-0000-4000-8000-000000000001' and privacy = 'private' from public.rooms r
  join opened using (id)), 'the room is the owner''s');
insert into public.room_participants (room_id, user_id, connection_id)
select id, 'a0000000-0000-4000-8000-000000000004', gen_random_uuid() from opened;
set local role authenticated;
select is(jsonb_path_query_array(public.list_my_recurring_rooms(), '$[0].participants[*].displayName'), '["Person 2", "Person 3"]',
  'but names nobody who is no member');
select is(public.list_my_recurring_rooms() #>> '{0,participantCount}', '3', 'and counts them');

-- Closing, removal.
select public.remove_recurring_member((select id from made), 'a0000000-0000-4000-8000-000000000003');
reset role;
select ok((select channel_epoch = 1 and participant_count = 2 from public.rooms join opened using (id)),
  'who is removed is out of the room, and the others move on');
select ok(not exists (select 1 from public.room_members m join opened o on o.id = m.room_id
  where m.user_id = 'a0000000-0000-4000-8000-000000000003'), 'and no member of it');
select private.close_room((select id from opened));
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select isnt(public.open_recurring_room((select id from made)), (select jsonb_build_object('roomId', id) from opened),
  'once that room is closed there is a new one');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select throws_ok($$ select public.remove_recurring_member((select id from made), 'a0000000-0000-4000-8000-000000000003') $$,
  'PT404', 'not_found', 'nobody is removed twice');

-- Handing over.
reset role;
delete from auth.users where id = 'a0000000-0000-4000-8000-000000000001';
select is((select owner_id from public.recurring_rooms where id = (select id from made)), 'a0000000-0000-4000-8000-000000000002'::uuid,
  'it goes to the longest member when the owner''s account goes');
select is((select count(*)::int from public.recurring_rooms), 1, 'and those without members go, too');
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select lives_ok($$ select public.leave_recurring_room((select id from made)) $$, 'an owner leaves');
select throws_ok($$ select public.open_recurring_room((select id from made)) $$, 'PT404', 'not_found', 'with nobody left it is gone');
reset role;
select ok((select bool_and(recurring_room_id is null) and bool_or(is_active) from public.rooms), 'and its room lives on');

-- Limits.
insert into public.recurring_rooms (owner_id, name, settings, rrule, starts_at, time_zone, duration_minutes)
select 'a0000000-0000-4000-8000-000000000004', 'R' || n, private.chosen_settings('{}'), 'FREQ=DAILY', '2026-01-01', 'UTC', 60
from generate_series(1, 20) n;
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000004';
select throws_ok($$ select public.create_recurring_room('R', 'FREQ=DAILY', '2026-01-01T10:00', 'UTC') $$, 'PT403', 'not_allowed',
  'nobody has more than twenty');

-- Withdrawing every invite, and deleting.
reset role;
create temporary table last_one as select id from public.recurring_rooms where name = 'R1';
grant select on last_one to authenticated;
set local role authenticated;
create temporary table two_codes as select public.create_recurring_invite((select id from last_one), 24, 2) ->> 'code' as code
  from generate_series(1, 2);
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000005';
select is((select count(*) from two_codes where public.accept_recurring_invite(code) ? 'recurringRoomId'), 2::bigint, 'two invites, either of which works');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000004';
select lives_ok($$ select public.revoke_recurring_invites((select id from last_one)) $$, 'an owner withdraws them all');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select is((select count(*) from two_codes where public.accept_recurring_invite(code) = '{"refusal": "not_found"}'), 2::bigint, 'and none works any more');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000005';
create temporary table last_room as select (public.open_recurring_room((select id from last_one)) ->> 'roomId')::uuid as id;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000004';
select lives_ok($$ select public.delete_recurring_room((select id from last_one)) $$, 'who had come in by one remained a member; an owner deletes');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000005';
select throws_ok($$ select public.open_recurring_room((select id from last_one)) $$, 'PT404', 'not_found', 'and it is gone for everybody');
reset role;
select results_eq($$ select is_active, recurring_room_id from public.rooms join last_room using (id) $$, $$ values (true, null::uuid) $$,
  'but the room that was open for it lives on');

select * from finish();
rollback;
