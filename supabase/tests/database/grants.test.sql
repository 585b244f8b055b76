-- Who is granted what: every table, all four verbs, both client roles; every function.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(13);

-- Row level security everywhere.
select is_empty(
  $$ select c.oid::regclass::text from pg_class c
     where c.relkind in ('r', 'p') and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
       and not c.relrowsecurity $$,
  'row level security is on for every table'
);

select is_empty(
  $$ select p.polname::text from pg_policy p join pg_class c on c.oid = p.polrelid
     where c.relnamespace in ('public'::regnamespace, 'realtime'::regnamespace)
       and p.polroles <> array['authenticated'::regrole::oid] $$,
  'every policy is for signed-in people, and for nobody else'
);

-- Tables: what each client role may do, by part of the schema. Whatever is left out is not granted.
create temporary table expected_grants (tab text, role text, verb text);
insert into expected_grants (tab, role, verb)
select tab, 'authenticated', 'select' from unnest(array[
  -- Rooms and joining
  'profiles', 'rooms', 'room_participants', 'room_tags',
  -- Privacy and moderation
  -- Recurring rooms and chat
  'messages',
  -- Timers, study data, recording
  'recordings', 'recording_consents', 'room_timers', 'study_sessions',
  -- Metrics and the media server
  null
]) as tab where tab is not null;

select is_empty(
  $$ select r.role, v.verb, c.relname from pg_class c,
       unnest(array['anon', 'authenticated']) as r (role),
       unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as v (verb)
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
       and has_table_privilege(r.role, c.oid, v.verb)
       and (c.relname, r.role, v.verb) not in (select e.tab, e.role, e.verb from expected_grants e) $$,
  'no table or view of schema public is open to clients for more than is meant'
);
select is_empty(
  $$ select e.* from expected_grants e where not has_table_privilege(e.role, 'public.' || e.tab, e.verb) $$,
  'what is meant to be open is open'
);

select ok(
  has_column_privilege('authenticated', 'public.profiles', 'display_name', 'update'),
  'authenticated may update display_name of public.profiles'
);
select ok(
  not has_column_privilege('authenticated', 'public.profiles', 'id', 'update'),
  'authenticated may not update id of public.profiles'
);

select is_empty(
  $$ select role, verb, c.relname from pg_class c,
       unnest(array['anon', 'authenticated']) as role, unnest(array['select', 'insert', 'update', 'references']) as verb
     where c.relnamespace = 'private'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
       and (has_table_privilege(role, c.oid, verb) or has_any_column_privilege(role, c.oid, verb)) $$,
  'clients may read and write nothing in schema private'
);

-- Functions.
select is_empty(
  $$ select p.oid::regprocedure::text from pg_proc p
     where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
       and has_function_privilege('anon', p.oid, 'execute') $$,
  'nobody who is not signed in may call any function'
);

select ok(
  not has_schema_privilege('anon', 'private', 'usage'),
  'nobody who is not signed in may use schema private'
);

create temporary table expected_functions (name text);
insert into expected_functions (name)
select name from unnest(array[
  -- Rooms and joining
  'create_room', 'heartbeat', 'join_room', 'leave_room', 'list_common_tags', 'list_known_people', 'list_participants', 'list_recent_rooms', 'list_rooms',
  'report_mesh_failure', 'set_avatar', 'set_hand', 'set_media_state', 'set_whereabouts',
  -- Privacy and moderation
  'await_admission', 'ban_person', 'block_person', 'cancel_admission', 'close_room', 'create_invite', 'decide_admission', 'find_invited_room', 'list_admissions', 'list_bans', 'list_blocked_people',
  'list_invites', 'list_room_members', 'lower_hand', 'mute_participant', 'remove_participant', 'remove_room_member', 'report_person',
  'revoke_invite', 'revoke_invites', 'set_room_lock', 'transfer_room', 'unban_person', 'unblock_person', 'update_room_settings',
  -- Recurring rooms and chat
  'accept_recurring_invite', 'create_recurring_invite', 'create_recurring_room', 'delete_message', 'delete_recurring_room',
  'leave_recurring_room', 'list_messages', 'list_my_recurring_rooms', 'list_recurring_members', 'open_recurring_room',
  'remove_recurring_member', 'revoke_recurring_invites', 'send_message', 'update_recurring_room',
  -- Timers, study data, recording
  'answer_recording', 'check_in_study_session', 'end_study_session', 'get_recording', 'get_study_session', 'get_timer',
  'list_study_sessions', 'may_record', 'my_statistics', 'pause_timer', 'request_recording', 'resume_timer', 'set_timer_lengths',
  'skip_phase', 'start_study_session', 'start_timer', 'stop_recording', 'stop_timer', 'withdraw_consent',
  -- Requests that the HTTP API answers by itself
  'permit_request',
  -- Metrics and the media server
  'media_grant',
  'record_quality_sample',
  null
]) as name where name is not null;

select set_eq(
  $$ select p.proname::text collate "default" from pg_proc p
     where p.pronamespace = 'public'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute') $$,
  $$ select name from expected_functions $$,
  'signed-in people may call exactly the public functions'
);

-- Private functions that clients may call and that stand behind no public function of the same name: those of policies
-- and of triggers that run as the caller.
create temporary table expected_private_functions (name text);
insert into expected_private_functions (name)
select name from unnest(array[
  -- Rooms and joining
  'clean_name', 'is_topic_of_my_room', 'my_room_ids', 'my_room_mate_ids',
  -- Privacy and moderation
  'close_own_room', 'my_member_room_ids',
  -- Recurring rooms and chat
  'my_blocked_ids',
  -- Timers, study data, recording
  -- Metrics and the media server
  null
]) as name where name is not null;

select set_eq(
  $$ select p.proname::text collate "default" from pg_proc p
     where p.pronamespace = 'private'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute') $$,
  -- private.close_room asks nobody's rights: clients reach close_own_room.
  $$ select name from expected_functions where name <> 'close_room'
     union select name from expected_private_functions $$,
  'signed-in people may call no private function but those behind the public ones and the policies'
);

select is_empty(
  $$ select p.oid::regprocedure::text from pg_proc p
     where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
       and not coalesce('search_path=""' = any (p.proconfig), false) $$,
  'every function has an empty search path'
);

select is_empty(
  $$ select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef $$,
  'no exposed function runs with the owner''s rights'
);

select * from finish();
rollback;
