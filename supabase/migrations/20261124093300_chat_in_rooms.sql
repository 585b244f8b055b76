-- What people in a room write to each other. It lives as long as the room: whoever comes later reads what was written before,
-- and once the room is closed nobody reads it any more and it is deleted.

insert into private.limits (action, max_count, window_length) values ('send_message', 20, '10 seconds');

create table public.messages (
  id uuid primary key default gen_random_uuid(),
  room_id uuid not null references public.rooms (id) on delete cascade,
  author_id uuid not null references public.profiles (id) on delete cascade,
  -- Named by the client, so that sending again is no second message.
  client_message_id uuid not null,
  body text not null check (char_length(body) between 1 and 2000),
  created_at timestamptz not null default clock_timestamp()
);
comment on table public.messages is 'Chat of rooms that are open.';
alter table public.messages enable row level security;
create unique index messages_client_idx on public.messages (author_id, room_id, client_message_id);
-- Pages by key, newest first; also the rooms that have messages.
create index messages_room_idx on public.messages (room_id, created_at desc, id desc);

revoke all on public.messages from anon, authenticated;
grant select on public.messages to authenticated;
grant select, insert, update, delete on public.messages to service_role;

-- The people whom the caller has blocked.
create function private.my_blocked_ids()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
  select b.blocked_id from public.blocked_people b where b.blocker_id = (select auth.uid())
$$;

grant execute on function private.my_blocked_ids() to authenticated;

create policy "people read what is written in the rooms they are in"
on public.messages for select to authenticated
using (
  room_id in (select private.my_room_ids())
  and author_id not in (select private.my_blocked_ids())
);

-- A text as it is shown: line breaks as \n, other control and direction-changing characters removed, nothing blank around.
create function private.clean_text(p_text text)
returns text
language sql
immutable
set search_path = ''
as $$
  select regexp_replace(
    regexp_replace(
      regexp_replace(
        regexp_replace(coalesce(p_text, ''), '\r\n?|[\u2028\u2029\u0085]', E'\n', 'g'),
        '\t', ' ', 'g'),
      '[\u0001-\u0009\u000B-\u001F\u007F-\u009F\u200B\u2060\uFEFF\u202A-\u202E\u2066-\u2069]', '', 'g'),
    '^\s+|\s+$', '', 'g')
$$;

-- A message as those in the room see it.
create function private.message_details(p_message public.messages)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p_message.id,
    'authorId', p_message.author_id,
    'displayName', (select f.display_name from public.profiles f where f.id = p_message.author_id),
    'body', p_message.body,
    'sentAt', private.to_iso(p_message.created_at),
    'clientMessageId', p_message.client_message_id
  )
$$;

-- Tells those in a room of a message. The writer holds the room's row against a removal, so that the topic is the one
-- which a removed person does not hear.
create function private.tell_room_of_message()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform realtime.send(private.message_details(new), 'message_added', private.room_topic(r.id, r.channel_epoch), true)
  from public.rooms r where r.id = new.room_id and r.is_active;
  return null;
end
$$;

create trigger messages_tell_added
after insert on public.messages
for each row execute function private.tell_room_of_message();

-- Tells those in open rooms which messages are gone. Once a statement, so that deleting what closed rooms leave is cheap.
create function private.tell_rooms_of_deleted_messages()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- SECURITY: as above, against a removal that is under way.
  perform 1 from public.rooms r
  where r.id in (select d.room_id from deleted d) and r.is_active
  order by r.id
  for key share;
  perform realtime.send(jsonb_build_object('id', d.id), 'message_deleted', private.room_topic(r.id, r.channel_epoch), true)
  from deleted d join public.rooms r on r.id = d.room_id and r.is_active;
  return null;
end
$$;

create trigger messages_tell_deleted
after delete on public.messages
referencing old table as deleted
for each statement execute function private.tell_rooms_of_deleted_messages();

-- Writes a message, once for each client_message_id, and answers it.
create function private.send_message(p_room_id uuid, p_body text, p_client_message_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_stay public.room_participants := private.require_stay(p_room_id);
  v_body text;
  v_message public.messages;
  v_room public.rooms;
  v_wait_seconds int;
begin
  -- A character has at most four bytes; what is far too long is not even cleaned.
  if p_client_message_id is null or octet_length(p_body) > 16000 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  v_body := private.clean_text(p_body);
  if char_length(v_body) not between 1 and 2000 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  perform 1 from public.profiles p where p.id = v_stay.user_id for key share;
  -- Holding the permit's row lets a retry that comes at the same time wait for the first one.
  v_wait_seconds := private.take_permit(v_stay.user_id, 'send_message');
  select * into v_message from public.messages m
  where m.author_id = v_stay.user_id and m.room_id = p_room_id and m.client_message_id = p_client_message_id;
  if found then
    if v_wait_seconds = 0 then
      perform private.return_permit(v_stay.user_id, 'send_message');
    end if;
    return private.message_details(v_message);
  end if;
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  -- SECURITY: whoever was removed or left meanwhile writes nothing, and nobody is removed until this is written.
  select * into v_room from public.rooms r where r.id = p_room_id and r.is_active for key share;
  perform private.require_stay(p_room_id);
  if v_room.id is null then
    raise sqlstate 'PT403' using message = 'not_participant';
  end if;
  if not (v_room.settings -> 'allow_chat')::boolean then
    raise sqlstate 'PT403' using message = 'not_allowed';
  end if;
  insert into public.messages (room_id, author_id, client_message_id, body)
  values (p_room_id, v_stay.user_id, p_client_message_id, v_body)
  returning * into v_message;
  return private.message_details(v_message);
end
$$;

-- Writes to those in a room: `{id, authorId, displayName, body, sentAt, clientMessageId}`, or `{refusal: 'rate_limited', …}`.
-- 1 to 2,000 characters. Sending again with the same id answers the same message. People inside only; `not_allowed` where the
-- room has no chat.
create function public.send_message(p_room_id uuid, p_body text, p_client_message_id uuid)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.send_message(p_room_id, p_body, p_client_message_id)
$$;

-- A page of what was written, newest first, without people whom the caller has blocked.
create function private.list_messages(p_room_id uuid, p_before timestamptz, p_before_id uuid, p_limit int)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_stay(p_room_id);
  return (
    select coalesce(jsonb_agg(private.message_details(page.message)
      order by (page.message).created_at desc, (page.message).id desc), '[]')
    from (
      select m as message from public.messages m
      where m.room_id = p_room_id
        and (m.created_at, m.id) < (
          coalesce(p_before, 'infinity'), coalesce(p_before_id, '00000000-0000-0000-0000-000000000000'))
        and m.author_id not in (select private.my_blocked_ids())
      order by m.created_at desc, m.id desc
      limit least(greatest(coalesce(p_limit, 50), 1), 50)
    ) as page
  );
end
$$;

-- Messages before the given key (`sentAt` and `id` of the last one known), newest first, at most 50. People inside only.
create function public.list_messages(
  p_room_id uuid,
  p_before timestamptz default null,
  p_before_id uuid default null,
  p_limit int default 50
)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_messages(p_room_id, p_before, p_before_id, p_limit)
$$;

-- Deletes a message of an open room. `not_found` for whoever is neither its author nor the room's creator.
create function private.delete_message(p_message_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_room_id uuid;
begin
  select r.id into v_room_id from public.messages m
  join public.rooms r on r.id = m.room_id
  where m.id = p_message_id and r.is_active and (m.author_id = v_user_id or r.creator_id = v_user_id)
  for key share of r;
  delete from public.messages m where m.id = p_message_id and m.room_id = v_room_id;
  if not found then
    raise sqlstate 'PT404' using message = 'not_found';
  end if;
end
$$;

-- Deletes a message: its author, or the room's creator, inside or not.
create function public.delete_message(p_message_id uuid)
returns void
language sql
security invoker
set search_path = ''
as $$
  select private.delete_message(p_message_id)
$$;

-- Deletes what closed rooms leave, at most 5,000 messages a call, and answers how many. Goes from room to room by the index, so
-- that it costs as much as there are rooms with messages, and not as messages.
create function private.prune_messages()
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count int;
begin
  with recursive written (room_id) as (
    (select m.room_id from public.messages m order by m.room_id limit 1)
    union all
    select (select m.room_id from public.messages m where m.room_id > w.room_id order by m.room_id limit 1)
    from written w where w.room_id is not null
  )
  delete from public.messages m where m.id in (
    select o.id from public.messages o
    where o.room_id in (select r.id from written w join public.rooms r on r.id = w.room_id where not r.is_active)
    limit 5000
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

grant execute on function private.send_message(uuid, text, uuid) to authenticated;
grant execute on function public.send_message(uuid, text, uuid) to authenticated;
grant execute on function private.list_messages(uuid, timestamptz, uuid, int) to authenticated;
grant execute on function public.list_messages(uuid, timestamptz, uuid, int) to authenticated;
grant execute on function private.delete_message(uuid) to authenticated;
grant execute on function public.delete_message(uuid) to authenticated;
