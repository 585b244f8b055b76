-- What an account leaves that is deleted: rooms that live on, and nothing that refers to nobody.
begin;
create extension if not exists pgtap with schema extensions;
select plan(19);

insert into auth.users (id, email)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test' from generate_series(1, 3) as n;
insert into public.recurring_rooms (id, owner_id, name, settings, rrule, starts_at, time_zone, duration_minutes)
select ('d0000000-0000-4000-8000-00000000000' || n)::uuid, 'a0000000-0000-4000-8000-000000000001', 'Weekly',
  '{"allow_chat": true, "allow_video": true, "allow_screenshare": true}', 'FREQ=WEEKLY', '2026-01-05 18:00', 'Europe/Berlin', 60
from generate_series(1, 2) as n;
insert into public.recurring_room_members (recurring_room_id, user_id)
values ('d0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002');
-- 1: theirs, with people inside. 2: theirs, and empty. 3: another's. 4: of a recurring room that nobody takes over. 5: closed.
insert into public.rooms (id, name, creator_id, recurring_room_id)
select ('b0000000-0000-4000-8000-00000000000' || n)::uuid, 'Room ' || n,
  case when n = 3 then 'a0000000-0000-4000-8000-000000000002' else 'a0000000-0000-4000-8000-000000000001' end::uuid,
  case when n = 4 then 'd0000000-0000-4000-8000-000000000002'::uuid end
from generate_series(1, 5) as n;
insert into public.room_participants (room_id, user_id, connection_id, joined_at)
select ('b0000000-0000-4000-8000-00000000000' || room)::uuid, ('a0000000-0000-4000-8000-00000000000' || person)::uuid,
  gen_random_uuid(), now() + interval '1 second' * person
from (values (1, 1), (1, 2), (1, 3), (3, 1), (3, 2)) as stay (room, person);
update public.rooms set is_active = false, closed_at = now() where id = 'b0000000-0000-4000-8000-000000000005';

insert into public.room_members (room_id, user_id)
values ('b0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000001');
insert into public.room_bans (room_id, user_id)
values ('b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001');
insert into private.admissions (room_id, user_id)
values ('b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001');
insert into public.room_invites (room_id, creator_id, code_hash, expires_at, max_uses)
select 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', private.invite_hash('code'),
  now() + interval '1 hour', 2;
insert into public.messages (room_id, author_id, client_message_id, body)
select ('b0000000-0000-4000-8000-00000000000' || n)::uuid, ('a0000000-0000-4000-8000-00000000000' || person)::uuid,
  gen_random_uuid(), 'Hello'
from (values (1, 1), (1, 2), (3, 1), (4, 1)) as message (n, person);
insert into public.blocked_people (blocker_id, blocked_id, display_name) values
  ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002', 'Two'),
  ('a0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001', 'One');
insert into public.reports (reporter_id, reported_id, room_id, reporter_name, reported_name, room_name, reason) values
  ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002',
   'b0000000-0000-4000-8000-000000000001', 'One', 'Two', 'Room 1', 'spam'),
  ('a0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001',
   'b0000000-0000-4000-8000-000000000001', 'Two', 'One', 'Room 1', 'spam');
insert into public.room_timers (room_id, phase, round, phase_started_at, phase_ends_at, focus_minutes, short_break_minutes,
  long_break_minutes, rounds, updated_by)
values ('b0000000-0000-4000-8000-000000000003', 'focus', 1, now(), now() + interval '25 minutes', 25, 5, 15, 4,
  'a0000000-0000-4000-8000-000000000001');
-- Theirs in the first room, and another's, to which they agreed, in the third.
insert into public.recordings (id, room_id, requester_id, status, started_at)
select ('c0000000-0000-4000-8000-00000000000' || n)::uuid, ('b0000000-0000-4000-8000-00000000000' || n)::uuid,
  ('a0000000-0000-4000-8000-00000000000' || person)::uuid, 'recording', now()
from (values (1, 1), (3, 2)) as recording (n, person);
insert into public.recording_consents (recording_id, user_id, answer, answered_at)
select r.id, p.user_id, 'given', now() from public.recordings r
join public.room_participants p on p.room_id = r.room_id;

select set_eq(
  $$ select private.rooms_touched_by('a0000000-0000-4000-8000-000000000001') $$, $$ select id from public.rooms $$,
  'every room in which something changes is found');
select is_empty($$ select private.rooms_touched_by('a0000000-0000-4000-8000-000000000009') $$, 'and none for nobody');
-- Whoever adds a table that refers to people considers the locks of private.lock_account_to_delete.
select set_eq(
  $$ select k.conrelid::regclass::text || '.' || a.attname from pg_constraint k
     join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
     where k.contype = 'f' and k.confrelid in ('public.profiles'::regclass, 'auth.users'::regclass)
       and k.conrelid::regclass::text not like 'auth.%' $$,
  array['profiles.id', 'blocked_people.blocked_id', 'blocked_people.blocker_id', 'messages.author_id',
    'private.admissions.user_id', 'private.idempotency_keys.user_id', 'private.permits.user_id', 'private.shown_whereabouts.user_id', 'recordings.requester_id',
    'recurring_room_members.user_id', 'recurring_rooms.owner_id', 'reports.reported_id', 'reports.reporter_id',
    'room_bans.user_id', 'room_invites.creator_id', 'room_members.user_id', 'room_participants.user_id',
    'room_timers.updated_by', 'rooms.creator_id'],
  'the deletion knows of every table that refers to people');

delete from auth.users where id = 'a0000000-0000-4000-8000-000000000001';

select results_eq(
  $$ select name, creator_id, is_active, participant_count from public.rooms order by name $$,
  $$ values
    ('Room 1', 'a0000000-0000-4000-8000-000000000002'::uuid, true, 2),
    ('Room 2', null, true, 0),
    ('Room 3', 'a0000000-0000-4000-8000-000000000002'::uuid, true, 1),
    ('Room 4', null, true, 0),
    ('Room 5', null, false, 0) $$,
  'rooms live on, with whoever is inside longest, and are counted right');
select is((select count(*)::int from public.profiles), 2, 'the profile goes');
select is_empty($$ select 1 from public.room_participants where user_id = 'a0000000-0000-4000-8000-000000000001' $$,
  'and the stays');
select is((select count(*)::int from public.room_participants where is_active), 3, 'of nobody else');
select is_empty($$ select 1 from public.room_members $$, 'and the memberships');
select is_empty($$ select 1 from public.room_bans $$, 'and the bans');
select results_eq($$ select author_id from public.messages $$, $$ values ('a0000000-0000-4000-8000-000000000002'::uuid) $$,
  'and what they wrote');
select is_empty($$ select 1 from public.blocked_people $$, 'and blocks both ways');
select results_eq($$ select creator_id, used_count, revoked_at is null from public.room_invites $$, $$ values (null::uuid, 0, true) $$,
  'an invite into a room that lives on stays good');
select results_eq(
  $$ select reporter_id, reported_id, reporter_name, reported_name from public.reports order by reporter_name $$,
  $$ values (null::uuid, 'a0000000-0000-4000-8000-000000000002'::uuid, 'One', 'Two'),
            ('a0000000-0000-4000-8000-000000000002'::uuid, null::uuid, 'Two', 'One') $$,
  'reports keep what people were called');
select results_eq(
  $$ select room_id, requester_id, status, end_reason from public.recordings order by room_id $$,
  $$ values
    ('b0000000-0000-4000-8000-000000000001'::uuid, null::uuid, 'ended'::public.recording_status, 'requester_left'),
    ('b0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000002'::uuid, 'recording', null) $$,
  'their recording ends, and another''s goes on');
select is_empty(
  $$ select 1 from public.recording_consents where user_id = 'a0000000-0000-4000-8000-000000000001' $$,
  'their answers go');
select results_eq($$ select updated_by, phase::text from public.room_timers $$, $$ values (null::uuid, 'focus') $$,
  'a timer runs on');
select results_eq(
  $$ select id, owner_id from public.recurring_rooms $$,
  $$ values ('d0000000-0000-4000-8000-000000000001'::uuid, 'a0000000-0000-4000-8000-000000000002'::uuid) $$,
  'a recurring room goes to its longest member, or goes');
select is_empty($$ select 1 from public.rooms where recurring_room_id is not null $$, 'and its room is an ordinary one');
select is_empty($$ select 1 from public.room_events where user_id = 'a0000000-0000-4000-8000-000000000001' $$,
  'events name them no more');

select * from finish();
rollback;
