-- Realtime: who may hear and send on which topic, and what the database tells.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(40);

insert into auth.users (id, email, raw_user_meta_data)
select ('a0000000-0000-4000-8000-00000000000' || n)::uuid, n || '@example.test', jsonb_build_object('display_name', 'Person ' || n)
from generate_series(1, 3) as n;
delete from realtime.messages;
insert into public.rooms (id, name, privacy) values
  ('b0000000-0000-4000-8000-000000000001', 'Open', 'public'), ('b0000000-0000-4000-8000-000000000002', 'Hidden', 'private');
insert into public.room_tags (room_id, tag) values ('b0000000-0000-4000-8000-000000000001', 'maths');

-- What the lobby is told.
set constraints all immediate;
select results_eq($$ select event, private, payload ->> 'name', payload -> 'tags', payload ->> 'participantCount'
    from realtime.messages where topic = 'rooms:lobby' $$,
  $$ values ('room_changed', true, 'Open', '["maths"]'::jsonb, '0') $$,
  'the lobby is told of a new public room with its tags, and of no private one');
delete from realtime.messages;

insert into public.room_participants (room_id, user_id, connection_id) values
  ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000001'),
  ('b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000002', 'c0000000-0000-4000-8000-000000000002');
select results_eq($$ select event, payload ->> 'name', payload ->> 'participantCount' from realtime.messages
    where topic = 'rooms:lobby' $$, $$ values ('room_changed', 'Open', '1') $$,
  'the lobby is told that somebody joined a public room');
select is((select payload - 'id' - 'joinedAt' from realtime.messages where topic = 'room:b0000000-0000-4000-8000-000000000001'),
  '{"userId": "a0000000-0000-4000-8000-000000000001", "connectionId": "c0000000-0000-4000-8000-000000000001",
    "avatar": null, "displayName": "Person 1", "mediaState": {"isMuted": true, "isVideoOff": true, "isScreensharing": false}, "goal": null}'::jsonb,
  'the room is told who joined');
select is((select event from realtime.messages where topic = 'room:b0000000-0000-4000-8000-000000000002'),
  'participant_joined', 'a private room is told, too');
delete from realtime.messages;

update public.rooms set few_since = now() where id = 'b0000000-0000-4000-8000-000000000001';
update public.room_participants set last_seen_at = now();
update public.room_participants set media_state = media_state || '{"is_muted": false}';
select is_empty('select * from realtime.messages', 'nobody is told of what nobody sees');

update public.rooms set privacy = 'private' where id = 'b0000000-0000-4000-8000-000000000001';
select results_eq($$ select event, payload ->> 'id', payload ->> 'name' from realtime.messages where topic = 'rooms:lobby' $$,
  $$ values ('room_removed', 'b0000000-0000-4000-8000-000000000001', null) $$, 'a room that is hidden leaves the lobby');
delete from realtime.messages;
update public.rooms set privacy = 'public' where id = 'b0000000-0000-4000-8000-000000000001';
select results_eq('select topic from realtime.messages order by topic',
  $$ values ('room:b0000000-0000-4000-8000-000000000001'), ('rooms:lobby') $$,
  'a room that is opened enters it, and those inside are told');
delete from realtime.messages;

-- Who may hear and send. Rows stand for messages of each kind on each topic.
create temporary table probes (topic text, extension text);
grant select on probes to public;
insert into probes
select t, e from unnest(array['rooms:lobby', 'room:b0000000-0000-4000-8000-000000000001',
  'room:b0000000-0000-4000-8000-000000000001:1', 'room:b0000000-0000-4000-8000-000000000002', 'elsewhere']) as t,
  unnest(array['broadcast', 'presence', 'postgres_changes']) as e;
insert into realtime.messages (topic, extension, event, payload, private)
select p.topic, p.extension, 'probe', '{}', true from probes as p;

create function pg_temp.can_hear(p_topic text, p_extension text) returns boolean language plpgsql as $$
begin
  perform set_config('realtime.topic', p_topic, true);
  return exists (select 1 from realtime.messages m where m.topic = p_topic and m.extension = p_extension);
exception when insufficient_privilege then
  return false;
end $$;
create function pg_temp.can_send(p_topic text, p_extension text) returns boolean language plpgsql as $$
begin
  perform set_config('realtime.topic', p_topic, true);
  insert into realtime.messages (topic, extension, private) values (p_topic, p_extension, true);
  return true;
exception when insufficient_privilege then
  return false;
end $$;
grant execute on function pg_temp.can_hear(text, text) to public;
grant execute on function pg_temp.can_send(text, text) to public;

set local role anon;
set local request.jwt.claim.sub = '';
select is_empty('select * from probes as p where pg_temp.can_hear(p.topic, p.extension)',
  'nobody who is not signed in hears anything');
select is_empty('select * from probes as p where pg_temp.can_send(p.topic, p.extension)',
  'nobody who is not signed in sends anything');

set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000003';
select results_eq('select p.topic, p.extension from probes as p where pg_temp.can_hear(p.topic, p.extension)',
  $$ values ('rooms:lobby', 'broadcast') $$, 'a stranger hears the lobby alone');
select is_empty('select * from probes as p where pg_temp.can_send(p.topic, p.extension)', 'a stranger sends nothing');

set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(pg_temp.can_hear(topic, extension), expected, format('somebody inside %s %s on %s',
  case when expected then 'hears' else 'does not hear' end, extension, topic))
from probes as p, lateral (select (topic = 'rooms:lobby' and extension = 'broadcast')
  or (topic = 'room:b0000000-0000-4000-8000-000000000001' and extension <> 'postgres_changes') as expected) as e
where topic <> 'elsewhere' order by topic, extension;
select is(pg_temp.can_send(topic, extension), expected, format('somebody inside %s %s on %s',
  case when expected then 'sends' else 'does not send' end, extension, topic))
from probes as p, lateral (
  select topic = 'room:b0000000-0000-4000-8000-000000000001' and extension <> 'postgres_changes' as expected) as e
where topic <> 'elsewhere' and extension <> 'postgres_changes' order by topic, extension;
select is(pg_temp.can_hear('elsewhere', 'broadcast'), false, 'no other topic is heard');
select is(pg_temp.can_send('elsewhere', 'broadcast'), false, 'on no other topic is sent');

reset role;
update public.rooms set channel_epoch = 1 where id = 'b0000000-0000-4000-8000-000000000001';
set local role authenticated;
select ok(not pg_temp.can_hear('room:b0000000-0000-4000-8000-000000000001', 'broadcast')
  and not pg_temp.can_send('room:b0000000-0000-4000-8000-000000000001', 'broadcast'),
  'once the channel''s epoch has risen, the old topic is closed');
select ok(pg_temp.can_hear('room:b0000000-0000-4000-8000-000000000001:1', 'broadcast')
  and pg_temp.can_send('room:b0000000-0000-4000-8000-000000000001:1', 'presence'), 'and the new one is open');

-- What the room is told, on its current topic.
reset role;
delete from realtime.messages;
select private.end_stay(id, 'removed') from public.room_participants where user_id = 'a0000000-0000-4000-8000-000000000001';
select is((select payload - 'id' from realtime.messages
  where topic = 'room:b0000000-0000-4000-8000-000000000001:1' and event = 'participant_left'),
  '{"userId": "a0000000-0000-4000-8000-000000000001", "connectionId": "c0000000-0000-4000-8000-000000000001", "reason": "removed"}'::jsonb,
  'the room is told who left, and why');
set local role authenticated;
select ok(not pg_temp.can_hear('room:b0000000-0000-4000-8000-000000000001:1', 'broadcast')
  and not pg_temp.can_send('room:b0000000-0000-4000-8000-000000000001:1', 'broadcast'),
  'who has left hears and sends nothing');
reset role;
delete from realtime.messages;
select private.close_room('b0000000-0000-4000-8000-000000000001');
select results_eq('select topic, event from realtime.messages order by event',
  $$ values ('room:b0000000-0000-4000-8000-000000000001:1', 'room_closed'), ('rooms:lobby', 'room_removed') $$,
  'the room and the lobby are told that it closed');

-- A join that takes over tells the lobby once.
insert into public.rooms (id, name) values ('b0000000-0000-4000-8000-000000000003', 'Third');
set local role authenticated;
select public.join_room('b0000000-0000-4000-8000-000000000003', 'c0000000-0000-4000-8000-000000000031');
set constraints all deferred;
select public.join_room('b0000000-0000-4000-8000-000000000003', 'c0000000-0000-4000-8000-000000000032');
reset role;
delete from realtime.messages where topic = 'rooms:lobby';
set constraints all immediate;
select results_eq($$ select payload ->> 'participantCount' from realtime.messages where topic = 'rooms:lobby' $$,
  $$ values ('1') $$, 'taking over tells the lobby once');
select results_eq($$ select event from realtime.messages
    where topic = 'room:b0000000-0000-4000-8000-000000000003' order by event $$,
  $$ values ('participant_joined'), ('participant_joined'), ('participant_left') $$,
  'the room is told of the take-over');

select * from finish();
rollback;
