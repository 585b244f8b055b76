-- Raised hands: by oneself, lowered by oneself or the creator, seen in the order of the database's clock by those inside.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(22);
update private.limits set max_count = 1000;

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 4) as n;
insert into public.rooms (id, name, creator_id) values
  ('b0000000-0000-4000-8000-000000000001', 'Room', 'a0000000-0000-4000-8000-000000000001');
insert into public.room_participants (room_id, user_id, connection_id, joined_at)
select 'b0000000-0000-4000-8000-000000000001', ('a0000000-0000-4000-8000-00000000000' || n)::uuid,
  ('c0000000-0000-4000-8000-00000000000' || n)::uuid, now() + n * interval '1 second'
from generate_series(1, 3) as n;
set constraints all immediate;
delete from realtime.messages;

create function pg_temp.hands() returns jsonb language sql as $$
  select jsonb_path_query_array(private.participants_of('b0000000-0000-4000-8000-000000000001'),
    '$[*] ? (@.handRaisedAt != null).displayName')
$$;

set local role anon;
set local request.jwt.claim.sub = '';
select throws_ok($$ select public.set_hand('b0000000-0000-4000-8000-000000000001', true) $$, '42501', null, 'anon: refused');
select throws_ok($$ select public.lower_hand('b0000000-0000-4000-8000-000000000001',
  'a0000000-0000-4000-8000-000000000002') $$, '42501', null, 'anon: lowering is refused');

set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000004';
select throws_ok($$ select public.set_hand('b0000000-0000-4000-8000-000000000001', true) $$, 'PT403', 'not_participant',
  'somebody outside has no hand to raise');
select throws_ok($$ select public.set_hand('b0000000-0000-4000-8000-00000000ffff', true) $$, 'PT403', 'not_participant',
  'nor in a room that does not exist');

set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select is(public.set_hand('b0000000-0000-4000-8000-000000000001', true), '{}', 'somebody inside raises theirs');
select throws_ok($$ select public.set_hand('b0000000-0000-4000-8000-000000000001', null) $$, 'PT400', 'invalid_input',
  'a hand is up or down');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select is(public.set_hand('b0000000-0000-4000-8000-000000000001', true), '{}', 'and somebody else after them');
reset role;
select is(pg_temp.hands(), '["Person 2", "Person 3"]', 'both are listed with their hands');
select ok((select (p.hand_raised_at > o.hand_raised_at) from public.room_participants p, public.room_participants o
  where p.user_id = 'a0000000-0000-4000-8000-000000000002' and o.user_id = 'a0000000-0000-4000-8000-000000000003'),
  'the later one later');
select results_eq($$ select topic, event, payload ->> 'userId', (payload ->> 'raisedAt') is not null
    from realtime.messages order by payload ->> 'userId' desc $$,
  $$ values ('room:b0000000-0000-4000-8000-000000000001', 'hand_changed', 'a0000000-0000-4000-8000-000000000003', true),
            ('room:b0000000-0000-4000-8000-000000000001', 'hand_changed', 'a0000000-0000-4000-8000-000000000002', true) $$,
  'those inside are told of each');
delete from realtime.messages;

create temporary table first_raise as select hand_raised_at from public.room_participants
where user_id = 'a0000000-0000-4000-8000-000000000003';
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select lives_ok($$ select public.set_hand('b0000000-0000-4000-8000-000000000001', true) $$, 'raising it again is fine');
reset role;
select is((select hand_raised_at from public.room_participants where user_id = 'a0000000-0000-4000-8000-000000000003'),
  (select hand_raised_at from first_raise), 'and keeps its place');
select is_empty('select 1 from realtime.messages', 'and nobody is told again');

-- Lowering somebody else's.
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select throws_ok($$ select public.lower_hand('b0000000-0000-4000-8000-000000000001',
  'a0000000-0000-4000-8000-000000000003') $$, 'PT403', 'not_creator', 'others lower nobody''s hand');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(public.lower_hand('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003'), '{}',
  'the creator does');
select throws_ok($$ select public.lower_hand('b0000000-0000-4000-8000-000000000001',
  'a0000000-0000-4000-8000-000000000004') $$, 'PT404', 'not_found', 'of those inside alone');
select throws_ok($$ select public.lower_hand('b0000000-0000-4000-8000-000000000001',
  'a0000000-0000-4000-8000-000000000001') $$, 'PT400', 'invalid_input', 'and for their own there is set_hand');
reset role;
select is(pg_temp.hands(), '["Person 2"]', 'it is down');
select is((select payload -> 'raisedAt' from realtime.messages), 'null'::jsonb, 'which those inside are told');

-- A hand goes with its stay, and is not raised without end.
update public.room_participants set is_active = false, left_at = now(), left_reason = 'left'
where user_id = 'a0000000-0000-4000-8000-000000000002';
select is(pg_temp.hands(), '[]', 'who leaves has no hand up');
update private.limits set max_count = 1 where action = 'raise_hand';
set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(public.set_hand('b0000000-0000-4000-8000-000000000001', true), '{}', 'once');
select is(public.set_hand('b0000000-0000-4000-8000-000000000001', false) ->> 'refusal', 'rate_limited', 'and not too often');

select * from finish();
rollback;
