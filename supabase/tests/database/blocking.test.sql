-- Blocking and reporting: for people one has met, and without a word about anybody else.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(18);
update private.limits set max_count = 1000 where action <> 'report_person';

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 3) as n;
insert into public.rooms (id, name, creator_id, privacy) values
  ('b0000000-0000-4000-8000-000000000001', 'Mine', 'a0000000-0000-4000-8000-000000000001', 'public');
insert into public.room_participants (room_id, user_id, connection_id)
select 'b0000000-0000-4000-8000-000000000001', ('a0000000-0000-4000-8000-00000000000' || n)::uuid, gen_random_uuid()
from generate_series(1, 2) as n;

set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(public.report_person(u, r, 'spam', 'He said so'), '{}', 'a report is answered alike, whoever it is about')
from (values ('a0000000-0000-4000-8000-000000000002'::uuid, 'b0000000-0000-4000-8000-000000000001'::uuid),
  ('a0000000-0000-4000-8000-000000000003', 'b0000000-0000-4000-8000-000000000001'),
  ('d0000000-0000-4000-8000-000000000009', 'b0000000-0000-4000-8000-000000000001'),
  ('a0000000-0000-4000-8000-000000000002', 'b0000000-0000-4000-8000-00000000ffff')) as c (u, r);
select throws_ok($$ select public.report_person('a0000000-0000-4000-8000-000000000002', 'b0000000-0000-4000-8000-000000000001', 'rude') $$,
  'PT400', 'invalid_input', 'a report has one of the reasons');
select throws_ok($$ select public.report_person('a0000000-0000-4000-8000-000000000002', 'b0000000-0000-4000-8000-000000000001', 'spam', repeat('x', 1001)) $$,
  'PT400', 'invalid_input', 'and at most 1,000 characters');
select is(public.report_person('a0000000-0000-4000-8000-000000000003', 'b0000000-0000-4000-8000-000000000001', 'other'), '{}',
  'five an hour');
select is(public.report_person('a0000000-0000-4000-8000-000000000003', 'b0000000-0000-4000-8000-000000000001', 'other') ->> 'refusal',
  'rate_limited', 'and no more');
reset role;
select results_eq('select reporter_name, reported_name, room_name, reason::text, details from public.reports',
  $$ values ('Person 1', 'Person 2', 'Mine', 'spam', 'He said so') $$, 'only people who were there are reported');

set local role authenticated;
select is(public.block_person(u), '{}', 'blocking is answered alike, whoever it is')
from unnest(array['a0000000-0000-4000-8000-000000000003', 'd0000000-0000-4000-8000-000000000009',
  'a0000000-0000-4000-8000-000000000002']::uuid[]) as u;
select is(jsonb_path_query_array(public.list_blocked_people(), '$[*].displayName'), '["Person 2"]',
  'only people one has met are blocked');
reset role;
update public.profiles set display_name = 'Renamed' where id = 'a0000000-0000-4000-8000-000000000002';
select is((select left_reason from public.room_participants where user_id = 'a0000000-0000-4000-8000-000000000002'), 'removed',
  'who is blocked is out of the blocker''s room');
select ok(private.is_barred('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  'and does not come back');
set local role authenticated;
select is(public.list_blocked_people() -> 0 ->> 'displayName', 'Person 2', 'the name is the one they had then');
select public.unblock_person('a0000000-0000-4000-8000-000000000002');
select is(public.list_blocked_people(), '[]', 'a block ends');
reset role;
update public.reports set created_at = now() - interval '367 days';
select is(private.prune_reports(), 1, 'reports are kept for a year');

select * from finish();
rollback;
