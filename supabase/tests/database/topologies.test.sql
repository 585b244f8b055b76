-- Mesh and media server: when a room changes, who may come in, who is told, when it goes back.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(40);
update private.limits set max_count = 1000;
update private.config set has_sfu = true;

insert into auth.users (id, email)
select ('a0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, n || '@example.test' from generate_series(1, 9) as n;
insert into public.rooms (id, name, max_participants) values
  ('b0000000-0000-4000-8000-000000000001', 'Growing', 6), ('b0000000-0000-4000-8000-000000000002', 'Mixed', 50);

create function pg_temp.join_as(p_person int, p_room int, p_supports_sfu boolean, p_device int default 0)
returns text language plpgsql as $$
declare
  v_answer jsonb;
begin
  perform set_config('request.jwt.claim.sub', 'a0000000-0000-4000-8000-' || lpad(p_person::text, 12, '0'), true);
  set local role authenticated;
  v_answer := public.join_room(('b0000000-0000-4000-8000-00000000000' || p_room)::uuid,
    ('c000000' || p_room || '-0000-4000-8000-00000000' || p_device || lpad(p_person::text, 3, '0'))::uuid,
    p_supports_sfu => p_supports_sfu);
  reset role;
  return case when v_answer ? 'refusal' then v_answer::text
    else concat_ws(' ', v_answer ->> 'topology', v_answer ->> 'epoch', v_answer -> 'room' ->> 'participantCount') end;
end $$;
create function pg_temp.leave_as(p_person int, p_room int) returns void language sql as $$
  update public.room_participants p set is_active = false, left_at = now(), left_reason = 'left'
  where p.is_active and p.user_id = ('a0000000-0000-4000-8000-' || lpad(p_person::text, 12, '0'))::uuid
    and p.room_id = ('b0000000-0000-4000-8000-00000000000' || p_room)::uuid
$$;
create function pg_temp.state(p_room int) returns text language sql as $$
  select concat_ws(' ', topology, topology_epoch, case when sfu_latched then 'latched' end)
  from public.rooms where id = ('b0000000-0000-4000-8000-00000000000' || p_room)::uuid
$$;
create function pg_temp.report_as(p_person int, p_room int) returns jsonb language plpgsql as $$
declare
  v_answer jsonb;
begin
  perform set_config('request.jwt.claim.sub', 'a0000000-0000-4000-8000-' || lpad(p_person::text, 12, '0'), true);
  set local role authenticated;
  v_answer := public.report_mesh_failure(('b0000000-0000-4000-8000-00000000000' || p_room)::uuid);
  reset role;
  return v_answer;
end $$;

-- Growing.
select results_eq('select pg_temp.join_as(n, 1, true) from generate_series(1, 4) as n',
  $$ values ('mesh 0 1'), ('mesh 0 2'), ('mesh 0 3'), ('mesh 0 4') $$, 'four people are a mesh');
delete from realtime.messages;
select is(pg_temp.join_as(5, 1, false), '{"reason": "client", "refusal": "room_full", "capacity": 4, "needsSfu": true}',
  'a fifth one whose client cannot use the media server finds the room full');
select is(pg_temp.state(1), 'mesh 0', 'and changes nothing');
select is(pg_temp.join_as(5, 1, true), 'sfu 1 5', 'one whose client can takes the room to the media server');
select is((select payload - 'id' from realtime.messages where event = 'topology_changed'
  and topic = 'room:b0000000-0000-4000-8000-000000000001'), '{"topology": "sfu", "epoch": 1}', 'everybody is told');
select is(pg_temp.join_as(6, 1, false), '{"reason": "client", "refusal": "sfu_unavailable"}',
  'from then on a client must be able to use it');
select is(pg_temp.join_as(1, 1, false, 1), '{"reason": "client", "refusal": "sfu_unavailable"}',
  'also the second device of somebody inside');
select is(pg_temp.join_as(1, 1, true, 1), 'sfu 1 5', 'which otherwise takes over');
select is(pg_temp.join_as(6, 1, true), 'sfu 1 6', 'a sixth one');
select is(pg_temp.join_as(7, 1, true), '{"refusal": "room_full", "capacity": 6, "needsSfu": false}',
  'a seventh one finds what the creator chose');

-- Somebody inside cannot.
select is(private.room_capacity(r), 50, 'an empty room holds as many as were chosen') from public.rooms r where name = 'Mixed';
select results_eq('select pg_temp.join_as(n, 2, n <> 2) from generate_series(1, 4) as n',
  $$ values ('mesh 0 1'), ('mesh 0 2'), ('mesh 0 3'), ('mesh 0 4') $$, 'four people of whom one has an older client');
select is(private.room_capacity(r), 4, 'are all that fit in, and the lobby says so') from public.rooms r where name = 'Mixed';
select is(pg_temp.join_as(5, 2, true), '{"reason": "client", "refusal": "room_full", "capacity": 4, "needsSfu": true}',
  'a fifth one is told so');
select is(pg_temp.join_as(2, 2, true, 1), 'mesh 0 4', 'the older client is replaced by a newer one');
select is(private.room_capacity(r), 50, 'which makes room') from public.rooms r where name = 'Mixed';
select is(pg_temp.join_as(5, 2, true), 'sfu 1 5', 'for a fifth');
select is((select array_agg(mesh_only_count order by name) from public.rooms where id::text like 'b0000000%'), '{0,0}',
  'the count of older clients is right');

-- Shrinking.
select pg_temp.leave_as(n, 1) from generate_series(4, 6) as n;
select is(private.settle_topologies(), 0, 'three people do not go back at once');
update public.rooms set few_since = now() - interval '31 seconds' where name = 'Growing';
select pg_temp.join_as(4, 1, true);
select is(private.settle_topologies(), 0, 'a fourth one keeps the room as it is');
select pg_temp.leave_as(4, 1);
select is(private.settle_topologies(), 0, 'and the 30 seconds begin anew');
update public.rooms set few_since = now() - interval '31 seconds' where name = 'Growing';
update public.room_participants set media_state = media_state || '{"is_screensharing": true}'
where is_active and room_id = 'b0000000-0000-4000-8000-000000000001' and user_id = 'a0000000-0000-4000-8000-000000000001';
select is(private.settle_topologies(), 0, 'nothing changes while somebody shares a screen');
update public.room_participants set media_state = media_state || '{"is_screensharing": false}' where is_active;
insert into public.recordings (room_id, status, started_at) values ('b0000000-0000-4000-8000-000000000001', 'recording', now());
select is(private.settle_topologies(), 0, 'nor while a recording runs');
update public.recordings set status = 'ended', ended_at = now(), end_reason = 'stopped';
select is(private.settle_topologies(), 1, 'else three people for 30 seconds are a mesh again');
select is(pg_temp.state(1), 'mesh 2', 'with an epoch of its own');
select is((select count(*)::int from realtime.messages where event = 'topology_changed'
  and topic = 'room:b0000000-0000-4000-8000-000000000001'), 2, 'and everybody is told');

-- A mesh that fails.
select throws_ok('select pg_temp.report_as(9, 1)', 'PT403', 'not_participant', 'a stranger reports nothing');
select is(pg_temp.report_as(1, 1), '{"topology": "sfu", "epoch": 3}', 'somebody inside takes the room to the media server');
select is(pg_temp.report_as(2, 1), '{"topology": "sfu", "epoch": 3}', 'a second report changes nothing');
update public.rooms set few_since = now() - interval '1 hour' where name = 'Growing';
select is(private.settle_topologies(), 0, 'the room stays there');
select pg_temp.leave_as(n, 1) from generate_series(1, 3) as n;
set constraints all immediate;
select is(pg_temp.state(1), 'mesh 4', 'until it is empty');
set constraints all deferred;
select pg_temp.join_as(1, 1, false, 2);
select is(pg_temp.report_as(1, 1), '{"topology": "mesh", "epoch": 4}', 'an older client keeps a mesh a mesh');
update private.limits set max_count = 5 where action = 'report_mesh_failure';
select pg_temp.report_as(1, 1) from generate_series(1, 5);
select is(pg_temp.report_as(1, 1) ->> 'refusal', 'rate_limited', 'reports are limited');

-- One person alone changes their device: the room was never empty.
select pg_temp.leave_as(1, 1);
set constraints all immediate;
set constraints all deferred;
select pg_temp.join_as(3, 1, true);
select is(pg_temp.report_as(3, 1), '{"topology": "sfu", "epoch": 5}', 'somebody alone may report, too');
select is(pg_temp.join_as(3, 1, true, 1), 'sfu 5 1', 'takes over');
set constraints all immediate;
select is(pg_temp.state(1), 'sfu 5 latched', 'and the room is as it was');

-- The media server goes.
update private.config set has_sfu = false;
select is(private.settle_topologies(), 1, 'without a media server a room goes back at once, whatever there was');
select is(pg_temp.state(2), 'sfu 1', 'but not with more people than a mesh carries');
select is(pg_temp.join_as(6, 2, true), '{"refusal": "room_full", "capacity": 4, "needsSfu": true}', 'which is full');
select pg_temp.leave_as(n, 2) from generate_series(3, 5) as n;
select is(pg_temp.join_as(6, 2, false), 'mesh 2 3', 'joining a room that fits again makes it a mesh');

select * from finish();
rollback;
