-- What hosted Supabase has for Realtime and the embedded PostgreSQL lacks. Applied by a superuser before the app's
-- migrations and again on each start: every statement can be repeated. Expects the roles anon, authenticated and
-- service_role.

create schema if not exists realtime;
grant usage on schema realtime to anon, authenticated, service_role;

-- Messages on their way from the database to clients, and what policies decide about: who may receive on a topic
-- (select) and who may send (insert). Rows are short-lived; the Realtime server deletes old ones.
create table if not exists realtime.messages (
  topic text not null,
  extension text not null,
  payload jsonb,
  event text,
  private boolean default false,
  updated_at timestamp without time zone not null default now(),
  inserted_at timestamp without time zone not null default now(),
  id uuid not null default gen_random_uuid(),
  constraint messages_pkey primary key (id, inserted_at)
);

alter table realtime.messages enable row level security;

grant select, insert, update on table realtime.messages to anon, authenticated, service_role;

-- Serves pruning and the look back after a lost connection.
create index if not exists messages_inserted_at_index on realtime.messages (inserted_at);

-- Serves the replay of a private topic.
create index if not exists messages_inserted_at_topic_index on realtime.messages (inserted_at desc, topic)
  where extension = 'broadcast' and private is true;

-- The topic that a policy is being asked about.
create or replace function realtime.topic()
returns text
language sql
stable
as $$
  select nullif(pg_catalog.current_setting('realtime.topic', true), '')
$$;

-- Sends a message to a topic when the transaction commits. A failure is a warning, so that it never undoes the caller's
-- work.
create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true)
returns void
language plpgsql
as $$
declare
  message_id uuid := pg_catalog.gen_random_uuid();
begin
  perform pg_catalog.set_config('realtime.topic', send.topic, true);
  insert into realtime.messages (id, payload, event, topic, private, extension)
  values (
    message_id,
    case
      when send.payload operator(pg_catalog.?) 'id' then send.payload
      else pg_catalog.jsonb_set(send.payload, '{id}', pg_catalog.to_jsonb(message_id))
    end,
    send.event, send.topic, send.private, 'broadcast'
  );
exception
  when others then
    raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end;
$$;

-- Sends a row's change, for use in a row-level trigger.
create or replace function realtime.broadcast_changes(
  topic_name text,
  event_name text,
  operation text,
  table_name text,
  table_schema text,
  new record,
  old record,
  level text default 'ROW'
)
returns void
language plpgsql
as $$
begin
  if level = 'STATEMENT' then
    raise exception 'function can only be triggered for each row, not for each statement';
  end if;
  if operation not in ('INSERT', 'UPDATE', 'DELETE') then
    raise exception 'Unexpected operation type: %', operation;
  end if;
  perform realtime.send(
    pg_catalog.jsonb_build_object(
      'record', new, 'old_record', old, 'operation', operation, 'table', table_name, 'schema', table_schema
    ),
    event_name,
    topic_name
  );
exception
  when others then
    raise exception 'Failed to process the row: %', sqlerrm;
end;
$$;

-- Tells the Realtime server which row to fetch. Only the row's name travels, so that a payload of any size arrives;
-- notifications keep the order of commits.
create or replace function realtime.notify_message()
returns trigger
language plpgsql
as $$
begin
  perform pg_catalog.pg_notify(
    'realtime_messages',
    pg_catalog.concat_ws(' ', new.id, case when new.private then 't' else 'f' end, pg_catalog.left(new.topic, 255))
  );
  return null;
end;
$$;

-- Rows without an event are probes of check_channel_access.
create or replace trigger notify_message
after insert on realtime.messages
for each row
when (new.event is not null and new.extension = 'broadcast')
execute function realtime.notify_message();

-- What a token's bearer may do on a topic, by trying it: reads a row of the topic, and inserts one, for each extension,
-- under the bearer's role. The inner block ends in an error of its own, which undoes the rows, the role and the
-- settings alike; only the answers remain.
create or replace function realtime.check_channel_access(
  topic_name text,
  role_name text,
  claims text,
  out broadcast_read boolean,
  out broadcast_write boolean,
  out presence_read boolean,
  out presence_write boolean
)
language plpgsql
as $$
declare
  broadcast_probe uuid := pg_catalog.gen_random_uuid();
  presence_probe uuid := pg_catalog.gen_random_uuid();
begin
  begin
    insert into realtime.messages (id, topic, extension)
    values (broadcast_probe, topic_name, 'broadcast'), (presence_probe, topic_name, 'presence');

    perform
      pg_catalog.set_config('realtime.topic', topic_name, true),
      pg_catalog.set_config('request.jwt.claims', claims, true),
      pg_catalog.set_config('request.jwt.claim.sub', coalesce(claims::jsonb ->> 'sub', ''), true),
      pg_catalog.set_config('request.jwt.claim.role', role_name, true),
      pg_catalog.set_config('request.headers', '{}', true),
      pg_catalog.set_config('role', role_name, true);

    broadcast_read := exists (select from realtime.messages where id = broadcast_probe);
    presence_read := exists (select from realtime.messages where id = presence_probe);

    begin
      insert into realtime.messages (topic, extension) values (topic_name, 'broadcast');
      broadcast_write := true;
    exception
      when others then broadcast_write := false;
    end;

    begin
      insert into realtime.messages (topic, extension) values (topic_name, 'presence');
      presence_write := true;
    exception
      when others then presence_write := false;
    end;

    raise exception 'answered' using errcode = 'RT000';
  exception
    when sqlstate 'RT000' then null;
  end;
end;
$$;

revoke all on function realtime.check_channel_access(text, text, text) from public;

-- The tables whose changes `postgres_changes` may be subscribed to; empty until a migration adds one.
do $$
begin
  if not exists (select from pg_catalog.pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
  end if;
end;
$$;

-- Checks one condition of a `postgres_changes` filter and puts its values into the form in which changed rows arrive.
create or replace function realtime.prepare_change_filter(
  entity regclass,
  role_name text,
  column_name text,
  operator_name text,
  filter_value text,
  out type_name text,
  out prepared_values text[]
)
language plpgsql
as $$
declare
  column_type regtype;
begin
  select a.atttypid::regtype, t.typname into column_type, type_name
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_type t on t.oid = a.atttypid
  where a.attrelid = entity
    and a.attname = column_name
    and a.attnum > 0
    and not a.attisdropped
    and pg_catalog.has_column_privilege(role_name, a.attrelid, a.attnum, 'SELECT');
  if column_type is null then
    raise exception 'invalid column for filter %', column_name;
  end if;

  if operator_name = 'is' then
    if filter_value not in ('null', 'true', 'false', 'unknown') then
      raise exception 'invalid value for is filter: must be null, true, false, or unknown';
    end if;
    if filter_value <> 'null' and column_type <> 'boolean'::regtype then
      raise exception 'is % filter requires a boolean column, got %', filter_value, column_type;
    end if;
    prepared_values := array[filter_value];
  elsif operator_name in ('like', 'ilike') then
    if not exists (select from pg_catalog.pg_operator where oprname = '~~' and oprleft = column_type) then
      raise exception 'operator % requires a text-compatible column type, got %', operator_name, column_type;
    end if;
    prepared_values := array[filter_value];
  elsif operator_name = 'in' then
    execute pg_catalog.format('select %L::%s[]::text[]', filter_value, column_type) into prepared_values;
    if coalesce(pg_catalog.array_length(prepared_values, 1), 0) > 100 then
      raise exception 'too many values for `in` filter. Maximum 100';
    end if;
  else
    execute pg_catalog.format('select array[(%L::%s)::text]', filter_value, column_type) into prepared_values;
  end if;
  -- Rows carry a boolean as one letter.
  if column_type = 'boolean'::regtype and operator_name <> 'is' then
    prepared_values := array(select pg_catalog.left(item, 1) from pg_catalog.unnest(prepared_values) as item);
  end if;
end;
$$;

revoke all on function realtime.prepare_change_filter(regclass, text, text, text, text) from public;

-- A changed row, given as text, in the form in which it travels: typed JSON, and its columns with their types.
create or replace function realtime.describe_change(
  entity regclass,
  column_names text[],
  column_values text[],
  old_column_names text[],
  old_column_values text[],
  out new_record text,
  out old_record text,
  out column_list text,
  out key_names text[],
  out has_policies boolean
)
language plpgsql
stable
as $$
begin
  new_record := realtime.row_as_json(entity, column_names, column_values);
  old_record := realtime.row_as_json(entity, old_column_names, old_column_values);

  select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', a.attname, 'type', t.typname) order by a.attnum)::text
  into column_list
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_type t on t.oid = a.atttypid
  where a.attrelid = entity and a.attnum > 0 and not a.attisdropped;

  key_names := array(
    select a.attname
    from pg_catalog.pg_constraint c
    join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
    where c.conrelid = entity and c.contype = 'p'
  );

  select c.relrowsecurity into has_policies from pg_catalog.pg_class c where c.oid = entity;
end;
$$;

create or replace function realtime.row_as_json(entity regclass, column_names text[], column_values text[])
returns text
language plpgsql
stable
as $$
declare
  fields text;
  result text;
begin
  select pg_catalog.string_agg(
    pg_catalog.format('%L::%s as %I', v.value, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attname), ', '
  )
  into fields
  from rows from (pg_catalog.unnest(column_names), pg_catalog.unnest(column_values)) as v(name, value)
  join pg_catalog.pg_attribute a on a.attrelid = entity and a.attname = v.name and not a.attisdropped;
  if fields is null then
    return '{}';
  end if;
  execute pg_catalog.format('select pg_catalog.to_jsonb(r)::text from (select %s) r', fields) into result;
  return result;
end;
$$;

-- Which columns of a changed row a role may read and, for each of the claims, whether it may see the row. Undoes the role
-- as check_channel_access does.
create or replace function realtime.check_change_access(
  entity regclass,
  role_name text,
  claims_list text[],
  key_names text[],
  key_values text[],
  check_row boolean,
  out selectable_names text[],
  out visible boolean[]
)
language plpgsql
as $$
declare
  probe text;
  claims text;
  found_row boolean;
begin
  selectable_names := array(
    select a.attname
    from pg_catalog.pg_attribute a
    where a.attrelid = entity
      and a.attnum > 0
      and not a.attisdropped
      and pg_catalog.has_column_privilege(role_name, a.attrelid, a.attnum, 'SELECT')
  );
  visible := array[]::boolean[];
  if not check_row or not key_names <@ selectable_names then
    visible := pg_catalog.array_fill(true, array[pg_catalog.cardinality(claims_list)]);
    return;
  end if;

  select pg_catalog.format('select exists (select from %s where %s)', entity, pg_catalog.string_agg(
    pg_catalog.format('%I = %L', k.name, k.value), ' and '
  ))
  into probe
  from rows from (pg_catalog.unnest(key_names), pg_catalog.unnest(key_values)) as k(name, value);

  begin
    foreach claims in array claims_list loop
      perform
        pg_catalog.set_config('request.jwt.claims', claims, true),
        pg_catalog.set_config('request.jwt.claim.sub', coalesce(claims::jsonb ->> 'sub', ''), true),
        pg_catalog.set_config('request.jwt.claim.role', role_name, true),
        pg_catalog.set_config('role', role_name, true);
      begin
        execute probe into found_row;
      exception
        -- A policy that fails for one subscriber hides the row from that one only.
        when others then found_row := false;
      end;
      visible := visible || found_row;
      perform pg_catalog.set_config('role', 'none', true);
    end loop;
    raise exception 'answered' using errcode = 'RT000';
  exception
    when sqlstate 'RT000' then null;
  end;
end;
$$;

revoke all on function realtime.describe_change(regclass, text[], text[], text[], text[]) from public;
revoke all on function realtime.row_as_json(regclass, text[], text[]) from public;
revoke all on function realtime.check_change_access(regclass, text, text[], text[], text[], boolean) from public;
