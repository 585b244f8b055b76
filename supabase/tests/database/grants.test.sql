-- Who is granted what: every table, all four verbs, both client roles; every function.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(58);

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

-- Tables: what each client role may do.
select is(
  has_table_privilege(role, 'public.' || tab, verb),
  expected,
  format('%s %s %s public.%s', role, case when expected then 'may' else 'may not' end, verb, tab)
)
from unnest(array['anon', 'authenticated']) with ordinality as r (role, role_order),
  unnest(array['profiles', 'rooms', 'room_participants', 'room_tags']) with ordinality as t (tab, tab_order),
  unnest(array['select', 'insert', 'update', 'delete']) with ordinality as v (verb, verb_order),
  lateral (select role = 'authenticated' and verb = 'select' as expected) as e
order by role_order, tab_order, verb_order;

select ok(
  has_column_privilege('authenticated', 'public.profiles', 'display_name', 'update'),
  'authenticated may update display_name of public.profiles'
);
select ok(
  not has_column_privilege('authenticated', 'public.profiles', 'id', 'update'),
  'authenticated may not update id of public.profiles'
);

select is(
  has_any_column_privilege(role, 'private.' || tab, verb), false, format('%s may not %s private.%s', role, verb, tab))
from unnest(array['anon', 'authenticated']) as role,
  unnest(array['config', 'limits', 'permits', 'room_secrets']) as tab,
  unnest(array['select', 'update']) as verb
order by role, tab, verb;

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

select results_eq(
  $$ select p.proname::text collate "default" from pg_proc p
     where p.pronamespace = 'public'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute')
     order by 1 $$,
  $$ values ('create_room'), ('heartbeat'), ('join_room'), ('leave_room'), ('list_participants'), ('list_rooms'),
     ('set_media_state') $$,
  'signed-in people may call exactly the public functions'
);

select results_eq(
  $$ select p.proname::text collate "default" from pg_proc p
     where p.pronamespace = 'private'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute')
     order by 1 $$,
  $$ values ('clean_name'), ('create_room'), ('heartbeat'), ('is_topic_of_my_room'), ('join_room'), ('leave_room'),
     ('list_participants'), ('list_rooms'), ('my_room_ids'), ('my_room_mate_ids'), ('set_media_state') $$,
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
