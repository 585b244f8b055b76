-- The waiting room: nobody new comes into a private room that has one before somebody inside says yes, and nobody else learns a thing.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(62);
update private.limits set max_count = 1000;

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 9) as n;
insert into public.rooms (id, name, creator_id, privacy, settings) values
  ('b0000000-0000-4000-8000-000000000001', 'Held', 'a0000000-0000-4000-8000-000000000001', 'private',
   '{"allow_chat": true, "allow_video": true, "allow_screenshare": true, "waiting_room": true}'),
  ('b0000000-0000-4000-8000-000000000002', 'Public', 'a0000000-0000-4000-8000-000000000001', 'public',
   '{"allow_chat": true, "allow_video": true, "allow_screenshare": true, "waiting_room": true}');
select private.set_room_password('b0000000-0000-4000-8000-000000000001', 'sesame');
select private.set_room_password('b0000000-0000-4000-8000-000000000002', 'sesame');
insert into public.room_invites (id, room_id, code_hash, expires_at, max_uses) values
  ('e0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000001', private.invite_hash('good'), now() + interval '1 hour', 2);

create function pg_temp.act_as(p_person int) returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claim.sub', 'a0000000-0000-4000-8000-00000000000' || p_person, true);
end $$;
-- What a call answers, or its refusal, as a person.
create function pg_temp.ask(p_person int, p_call text) returns text language plpgsql as $$
declare
  v_answer text;
begin
  perform pg_temp.act_as(p_person);
  set local role authenticated;
  execute 'select public.' || p_call into v_answer;
  reset role;
  return v_answer;
exception when others then
  reset role;
  return sqlerrm;
end $$;
create function pg_temp.enter(p_person int, p_password text default null, p_code text default null, p_room int default 1)
returns text language plpgsql as $$
declare
  v_answer jsonb := pg_temp.ask(p_person, format('join_room(%L, gen_random_uuid(), %L, %L)',
    'b0000000-0000-4000-8000-00000000000' || p_room, p_password, p_code));
begin
  return coalesce(v_answer ->> 'refusal', 'in');
end $$;
create function pg_temp.state(p_person int) returns text language sql as $$
  select pg_temp.ask(p_person, 'await_admission(''b0000000-0000-4000-8000-000000000001'')')::jsonb ->> 'state'
$$;
create function pg_temp.decide(p_by int, p_about int, p_is_admitted boolean) returns text language sql as $$
  select pg_temp.ask(p_by, format('decide_admission(%L, %L, %L)', 'b0000000-0000-4000-8000-000000000001',
    'a0000000-0000-4000-8000-00000000000' || p_about, p_is_admitted))
$$;
create function pg_temp.door(p_person int) returns text language sql as $$
  select pg_temp.ask(p_person, 'list_admissions(''b0000000-0000-4000-8000-000000000001'')')
$$;
create function pg_temp.names(p_person int) returns jsonb language sql as $$
  select jsonb_path_query_array(pg_temp.door(p_person)::jsonb, '$[*].displayName')
$$;
create function pg_temp.is_inside(p_person int) returns boolean language sql as $$
  select exists (select 1 from public.room_participants where is_active and room_id = 'b0000000-0000-4000-8000-000000000001'
    and user_id = ('a0000000-0000-4000-8000-00000000000' || p_person)::uuid)
$$;
create function pg_temp.is_member(p_person int) returns boolean language sql as $$
  select exists (select 1 from public.room_members where room_id = 'b0000000-0000-4000-8000-000000000001'
    and user_id = ('a0000000-0000-4000-8000-00000000000' || p_person)::uuid)
$$;
create function pg_temp.told() returns jsonb language sql as $$
  with gone as (delete from realtime.messages where event = 'admissions_changed' returning payload, topic, inserted_at)
  select jsonb_path_query_array(coalesce(jsonb_agg(payload -> 'admissions'), '[]'), '$[*][*].displayName') from gone
$$;

-- Strangers.
select is(pg_temp.enter(2), 'room_unavailable', 'who knows nothing learns nothing');
select is(pg_temp.enter(2, 'wrong'), 'room_unavailable', 'nor who knows a wrong password');
select is(pg_temp.enter(2, null, 'nonsense'), 'room_unavailable', 'nor who has a bad code');
select is(pg_temp.state(2), 'none', 'and nothing was asked for them');
select is(pg_temp.door(2), 'not_participant', 'they do not see the door');
select is(pg_temp.decide(2, 3, true), 'not_participant', 'and open it for nobody');
select is((select count(*)::int from private.admissions), 0, 'nobody stands there');
select is(pg_temp.ask(2, 'cancel_admission(''b0000000-0000-4000-8000-000000000001'')'), null,
  'taking back what was never asked is silent');
set local role anon;
select throws_ok($$ select public.await_admission('b0000000-0000-4000-8000-000000000001') $$, '42501', null, 'anon: refused');
select throws_ok($$ select public.decide_admission('b0000000-0000-4000-8000-000000000001',
  'a0000000-0000-4000-8000-000000000002', true) $$, '42501', null, 'anon: deciding is refused');
reset role;
set local role authenticated;
select throws_ok('select * from private.admissions', '42501', null, 'clients do not read the table');
select throws_ok('delete from private.admissions', '42501', null, 'nor write it');
reset role;

-- The creator comes in; those with a key are held.
select is(pg_temp.enter(1), 'in', 'the creator waits for nobody');
set constraints all immediate;
delete from realtime.messages;
select is(pg_temp.enter(2, 'sesame'), 'admission_needed', 'the right password leads to the door');
select ok(not pg_temp.is_inside(2) and not pg_temp.is_member(2), 'and not through it');
select is(pg_temp.told(), '["Person 2"]', 'those inside are told');
select is(pg_temp.enter(2, 'sesame'), 'admission_needed', 'asking again');
select is(pg_temp.told(), '[]', 'tells nobody anew');
select is(pg_temp.enter(3, null, 'good'), 'admission_needed', 'a good code leads to the door, too');
select is((select used_count from public.room_invites), 0, 'and is not used up by asking');
select is(pg_temp.told(), '["Person 2", "Person 3"]', 'first come first');
select is(pg_temp.names(1), '["Person 2", "Person 3"]', 'who comes later reads who waits');
select is(pg_temp.state(2), 'waiting', 'they wait');
select is(pg_temp.door(2), 'not_participant', 'and do not see who else does');
select is(pg_temp.decide(2, 2, true), 'not_participant', 'nobody lets themselves in');
select is(pg_temp.ask(2, 'list_participants(''b0000000-0000-4000-8000-000000000001'')'), 'not_participant',
  'nor sees who is inside');
select pg_temp.act_as(2);
set local role authenticated;
select is_empty($$ select 1 from public.rooms where name = 'Held' $$, 'nor reads the room');
select ok(not private.is_topic_of_my_room('room:b0000000-0000-4000-8000-000000000001'), 'nor hears it');
reset role;

-- Letting in.
select is(pg_temp.decide(1, 4, true), 'not_found', 'nobody is let in who has not asked');
select ok(not pg_temp.is_member(4), 'or made a member');
select is(pg_temp.decide(1, 1, true), 'invalid_input', 'and nobody decides about themselves');
select is(pg_temp.decide(1, 3, true), '{}', 'somebody inside lets them in');
select is(pg_temp.state(3), 'admitted', 'which they are told');
select is((select used_count from public.room_invites), 1, 'the code is used up by one');
select is(pg_temp.enter(3), 'in', 'they come in, without showing anything again');
select is((select used_count from public.room_invites), 1, 'once');
select is(pg_temp.names(3), '["Person 2"]', 'and see who waits, being inside');
select is(pg_temp.decide(1, 3, true), 'not_found', 'a decision is made once');
select is(pg_temp.decide(3, 2, false), '{}', 'any of those inside says not now');
select is(pg_temp.state(2), 'refused', 'which the asker is told');
select is(pg_temp.enter(2, 'sesame'), 'admission_refused', 'who is not asked about again at once');
select is(pg_temp.enter(2), 'room_unavailable', 'and without a key learns as little as ever');
update private.admissions set decided_at = now() - interval '6 minutes' where decision = 'refused';
select is(pg_temp.enter(2, 'sesame'), 'admission_needed', 'after some minutes they may ask again');
select is(pg_temp.ask(2, 'cancel_admission(''b0000000-0000-4000-8000-000000000001'')'), null, 'they take it back');
select is(pg_temp.state(2), 'none', 'and do not wait any more');

-- Nobody waits for ever.
select is(pg_temp.enter(4, 'sesame'), 'admission_needed', 'somebody asks');
update private.admissions set seen_at = now() - interval '31 seconds' where user_id = 'a0000000-0000-4000-8000-000000000004';
select is(pg_temp.names(1), '[]', 'who is not heard of has gone away');
select is(pg_temp.decide(1, 4, true), 'not_found', 'and is not let in any more');
delete from realtime.messages;
select is(private.prune_admissions(), 1, 'they are forgotten');
select is((select count(*)::int from realtime.messages where event = 'admissions_changed'), 1, 'and those inside are told');
update private.admissions set decided_at = now() - interval '6 minutes' where decision is not null;
select is((select count(*)::int from private.admissions where decision is not null), 1, 'a decision is remembered');
select is(private.prune_admissions(), 1, 'for minutes');
select is((select count(*)::int from realtime.messages where event = 'admissions_changed'), 1,
  'and that it is forgotten changes nothing at the door');

-- A room holds no more than 20 at its door.
insert into auth.users (id, email)
select ('a1000000-0000-4000-8000-0000000000' || lpad(n::text, 2, '0'))::uuid, 'crowd' || n || '@example.test' from generate_series(1, 20) as n;
insert into private.admissions (room_id, user_id)
select 'b0000000-0000-4000-8000-000000000001', id from auth.users where email like 'crowd%';
select is(pg_temp.enter(4, 'sesame'), 'rate_limited', 'the next one has to come back later');
delete from private.admissions where user_id in (select id from auth.users where email like 'crowd%');

-- Whom the room does not let in whatever they know, and other rooms.
insert into public.room_bans (room_id, user_id) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000005');
select is(pg_temp.enter(5, 'sesame'), 'room_unavailable', 'who is banned is not held at the door');
select is(pg_temp.enter(6, 'sesame', null, 2), 'in', 'a public room has no door');
update public.rooms set is_locked = true where name = 'Held';
select is(pg_temp.enter(6, 'sesame'), 'room_locked', 'nor is anybody held at a locked one');
update public.rooms set is_locked = false where name = 'Held';
select is(pg_temp.enter(6, 'sesame'), 'admission_needed', 'once it is open again');
select pg_temp.act_as(1);
set local role authenticated;
select lives_ok($$ select public.update_room_settings('b0000000-0000-4000-8000-000000000001',
  '{"settings": {"waitingRoom": false}}') $$, 'the creator takes the door away');
reset role;
select is(pg_temp.state(6), 'admitted', 'who waited may come');
select is(pg_temp.enter(6, 'sesame'), 'in', 'by what they have shown');
update private.limits set max_count = 1 where action = 'ask_admission';
update public.rooms set settings = settings || '{"waiting_room": true}' where name = 'Held';
select is(array[pg_temp.enter(7, 'sesame'), pg_temp.enter(7, 'sesame')], array['admission_needed', 'rate_limited'],
  'asking over and over is limited');

select * from finish();
rollback;
