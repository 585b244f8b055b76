-- Who gets into a room by what: invites, passwords, membership; who is kept out, and what they may learn.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(45);
update private.limits set max_count = 1000 where action in ('join_room', 'wrong_password');

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 9) as n;
insert into public.rooms (id, name, creator_id, privacy) values
  ('b0000000-0000-4000-8000-000000000001', 'Hidden', 'a0000000-0000-4000-8000-000000000001', 'private'),
  ('b0000000-0000-4000-8000-000000000002', 'By password', 'a0000000-0000-4000-8000-000000000001', 'private'),
  ('b0000000-0000-4000-8000-000000000003', 'Open', 'a0000000-0000-4000-8000-000000000001', 'public'),
  ('b0000000-0000-4000-8000-000000000004', 'Open by password', 'a0000000-0000-4000-8000-000000000001', 'public'),
  ('b0000000-0000-4000-8000-000000000005', 'Over', 'a0000000-0000-4000-8000-000000000001', 'private');
update public.rooms set is_active = false, closed_at = now() where name = 'Over';
select private.set_room_password('b0000000-0000-4000-8000-000000000002', 'sesame');
select private.set_room_password('b0000000-0000-4000-8000-000000000004', 'sesame');
insert into public.room_invites (id, room_id, code_hash, expires_at, max_uses, revoked_at) values
  ('e0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000001', private.invite_hash('good'), now() + interval '1 hour', 2, null),
  ('e0000000-0000-4000-8000-000000000002', 'b0000000-0000-4000-8000-000000000001', private.invite_hash('old'), now() - interval '1 second', 9, null),
  ('e0000000-0000-4000-8000-000000000003', 'b0000000-0000-4000-8000-000000000001', private.invite_hash('revoked'), now() + interval '1 hour', 9, now()),
  ('e0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000002', private.invite_hash('other'), now() + interval '1 hour', 9, null),
  ('e0000000-0000-4000-8000-000000000005', 'b0000000-0000-4000-8000-000000000004', private.invite_hash('to open'), now() + interval '1 hour', 9, null),
  ('e0000000-0000-4000-8000-000000000006', 'b0000000-0000-4000-8000-000000000005', private.invite_hash('to over'), now() + interval '1 hour', 9, null);

-- 'in', or the refusal as the client gets it.
create function pg_temp.enter(p_person int, p_room int, p_password text default null, p_code text default null,
  p_connection_id uuid default gen_random_uuid()) returns text language plpgsql as $$
declare
  v_answer jsonb;
begin
  perform set_config('request.jwt.claim.sub', 'a0000000-0000-4000-8000-00000000000' || p_person, true);
  set local role authenticated;
  v_answer := public.join_room(('b0000000-0000-4000-8000-00000000000' || p_room)::uuid, p_connection_id, p_password, p_code);
  reset role;
  return case when v_answer ? 'refusal' then v_answer::text else 'in' end;
end $$;
create function pg_temp.uses(p_invite int) returns int language sql as $$
  select used_count from public.room_invites where id = ('e0000000-0000-4000-8000-00000000000' || p_invite)::uuid
$$;
create function pg_temp.wrong_permits(p_person int) returns int language sql as $$
  select coalesce((select cardinality(taken_at) from private.permits where action = 'wrong_password'
    and user_id = ('a0000000-0000-4000-8000-00000000000' || p_person)::uuid), 0)
$$;

-- Invites.
select is(pg_temp.enter(2, 1, null, 'nonsense'), '{"refusal": "room_unavailable"}', 'a code that nobody made');
select is(pg_temp.enter(2, 9, null, 'good'), '{"refusal": "room_unavailable"}', 'a code for a room that does not exist');
select is(pg_temp.enter(2, 1, null, 'old'), '{"refusal": "room_unavailable"}', 'a code that has expired');
select is(pg_temp.enter(2, 1, null, 'revoked'), '{"refusal": "room_unavailable"}', 'a code that was taken back');
select is(pg_temp.enter(2, 1, null, 'other'), '{"refusal": "room_unavailable"}', 'a code for another room');
select is(pg_temp.enter(2, 1, 'good', null), '{"refusal": "room_unavailable"}', 'a code is no password');
select is(pg_temp.wrong_permits(2), 6, 'guesses are counted like wrong passwords');
select is(pg_temp.enter(2, 1, null, 'good', 'c0000000-0000-4000-8000-000000000002'), 'in', 'a good code opens its room');
select is(pg_temp.wrong_permits(2), 6, 'and counts as no guess');
select is(pg_temp.uses(1), 1, 'it is used once');
select ok(exists (select 1 from public.room_members where room_id = 'b0000000-0000-4000-8000-000000000001'
  and user_id = 'a0000000-0000-4000-8000-000000000002'), 'and has made a member');
select is(pg_temp.enter(2, 1, null, 'good', 'c0000000-0000-4000-8000-000000000002'), 'in', 'the same join again');
select is(pg_temp.enter(2, 1, null, 'good'), 'in', 'a member with a code');
select is(pg_temp.enter(1, 1, null, 'good'), 'in', 'the creator with a code');
select is(pg_temp.uses(1), 1, 'none of which uses it up');
select is(pg_temp.enter(3, 1, 'wrong', 'good'), 'in', 'a good code beside a wrong password');
select is(pg_temp.enter(4, 1, null, 'good'), '{"refusal": "room_unavailable"}', 'a code that is used up');
select is(pg_temp.uses(1), 2, 'stays used up');
update public.room_participants set is_active = false, left_at = now(), left_reason = 'left'
where user_id = 'a0000000-0000-4000-8000-000000000002' and is_active;
select is(pg_temp.enter(2, 1), 'in', 'a member comes back without anything');
select is(pg_temp.enter(5, 4, null, 'to open'), 'in', 'a code opens a public room that has a password');
select is(pg_temp.enter(5, 4), 'in', 'for good');
select is(pg_temp.enter(5, 3, null, 'to open'), 'in', 'an open room needs no code');
select is(pg_temp.uses(5), 1, 'and uses none up');

-- Passwords.
select is(pg_temp.enter(2, 2, 'sesame'), 'in', 'the right password opens a private room');
select ok(exists (select 1 from public.room_members where room_id = 'b0000000-0000-4000-8000-000000000002'
  and user_id = 'a0000000-0000-4000-8000-000000000002'), 'and makes a member');
select is(pg_temp.enter(3, 2, 'sesame', 'other'), 'in', 'the right password beside a good code');
select is(pg_temp.uses(4), 0, 'leaves the code for somebody else');
select is(pg_temp.enter(2, 4, 'sesame'), 'in', 'the right password opens a public room');
select ok(not exists (select 1 from public.room_members where room_id = 'b0000000-0000-4000-8000-000000000004'
  and user_id = 'a0000000-0000-4000-8000-000000000002'), 'and makes no member of it');

-- Closed rooms say so to who could have entered, and to nobody else.
select is(pg_temp.enter(1, 5), '{"refusal": "room_closed"}', 'the creator learns that a room is closed');
select is(pg_temp.enter(6, 5, null, 'to over'), '{"refusal": "room_closed"}', 'and so does who was invited');
select is(pg_temp.uses(6), 0, 'whose code is not used up');
select is(pg_temp.enter(6, 5), '{"refusal": "room_unavailable"}', 'a stranger does not');

-- Full rooms use no code up.
update public.rooms set max_participants = 2 where name = 'By password';
select is(pg_temp.enter(6, 2, null, 'other'), '{"refusal": "room_full", "capacity": 2, "needsSfu": false}',
  'who was invited learns that a room is full');
select is(pg_temp.uses(4), 0, 'and keeps the code');

-- Locked rooms.
update public.rooms set is_locked = true where name = 'Hidden';
update public.room_participants set is_active = false, left_at = now(), left_reason = 'left'
where is_active and room_id = 'b0000000-0000-4000-8000-000000000001' and user_id <> 'a0000000-0000-4000-8000-000000000003';
update public.room_invites set max_uses = 9 where id = 'e0000000-0000-4000-8000-000000000001';
select is(pg_temp.enter(2, 1), '{"refusal": "room_locked"}', 'a locked room tells its members so');
select is(pg_temp.enter(4, 1, null, 'good'), '{"refusal": "room_locked"}', 'and those who are invited');
select is(pg_temp.enter(4, 1), '{"refusal": "room_unavailable"}', 'and nobody else');
select is(pg_temp.enter(1, 1), 'in', 'its creator comes in');
select is(pg_temp.enter(3, 1, null, null, 'c0000000-0000-4000-8000-000000000003'), 'in', 'those inside change their device');
update public.room_participants set is_active = false, left_at = now(), left_reason = 'expired'
where is_active and connection_id = 'c0000000-0000-4000-8000-000000000003';
select is(pg_temp.enter(3, 1, null, null, 'c0000000-0000-4000-8000-000000000003'), 'in',
  'who was dropped for a lost connection is nobody new');

-- Who is barred is told of nothing.
insert into public.room_bans (room_id, user_id) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('b0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000002');
select is(pg_temp.enter(2, 1, null, 'good'), '{"refusal": "room_unavailable"}', 'a ban outweighs membership and a code');
select is(pg_temp.enter(2, 3), '{"refusal": "room_unavailable"}', 'and keeps out of an open room');
select is(pg_temp.enter(2, 1, null, null, 'c0000000-0000-4000-8000-000000000002'), '{"refusal": "room_unavailable"}',
  'a connection that was inside once learns no more than any other');
insert into public.blocked_people (blocker_id, blocked_id, display_name) values
  ('a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000007', 'Person 7');
select is(pg_temp.enter(7, 4, 'sesame'), '{"refusal": "room_unavailable"}',
  'whom the creator has blocked does not get in by the right password');

select * from finish();
rollback;
