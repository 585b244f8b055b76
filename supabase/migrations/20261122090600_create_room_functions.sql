-- Opening rooms and listing them.

-- The settings a client may choose, over the defaults. Refuses with `invalid_input` what is not a boolean.
create function private.chosen_settings(p_settings jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_settings jsonb := '{"allow_chat": true, "allow_video": true, "allow_screenshare": true}'::jsonb
    || private.to_object(p_settings);
begin
  if not private.has_booleans(v_settings, 'allow_chat', 'allow_video', 'allow_screenshare')
    or octet_length(v_settings::text) > 4096 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return v_settings;
end
$$;

-- Tags as they are stored: lower case, trimmed, each once. Refuses more than five, or one that is too long.
create function private.chosen_tags(p_tags text[])
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_tags text[] := array(
    select distinct lower(private.clean_name(t, 100)) from unnest(coalesce(p_tags, '{}')) as t
    where private.clean_name(t, 100) <> ''
  );
begin
  if cardinality(v_tags) > 5 or exists (select 1 from unnest(v_tags) as t where char_length(t) > 24) then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  return v_tags;
end
$$;

-- Gives a room its password. bcrypt reads 72 bytes, so a longer one is refused rather than cut.
create function private.set_room_password(p_room_id uuid, p_password text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  if octet_length(p_password) not between 1 and 72 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  insert into private.room_secrets (room_id, password_hash)
  values (p_room_id, extensions.crypt(p_password, extensions.gen_salt('bf', 10)))
  on conflict (room_id) do update set password_hash = excluded.password_hash;
  update public.rooms r set has_password = true where r.id = p_room_id and not r.has_password;
end
$$;

-- Opens a room and answers `{roomId}`; the caller is its creator, and is not in it yet.
-- Over the limit it answers `{refusal: 'rate_limited', retryAfterSeconds}`.
create function private.create_room(
  p_name text,
  p_privacy public.room_privacy,
  p_tags text[],
  p_max_participants int,
  p_settings jsonb,
  p_password text
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_name text := private.clean_name(p_name, 1000);
  v_tags text[] := private.chosen_tags(p_tags);
  v_settings jsonb := private.chosen_settings(p_settings);
  v_wait_seconds int;
  v_room_id uuid;
begin
  if char_length(v_name) not between 1 and 80 or coalesce(p_max_participants, 50) not between 2 and 50 then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  v_wait_seconds := private.take_permit(v_user_id, 'create_room');
  if v_wait_seconds > 0 then
    return jsonb_build_object('refusal', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;

  insert into public.rooms (name, creator_id, privacy, max_participants, settings)
  values (v_name, v_user_id, coalesce(p_privacy, 'public'), coalesce(p_max_participants, 50), v_settings)
  returning id into v_room_id;
  insert into public.room_tags (room_id, tag) select v_room_id, t from unnest(v_tags) as t;
  if p_password is not null then
    perform private.set_room_password(v_room_id, p_password);
  end if;
  return jsonb_build_object('roomId', v_room_id);
end
$$;

-- Opens a room. Settings are those of public.rooms.settings; whatever is left out has its default.
create function public.create_room(
  p_name text,
  p_privacy public.room_privacy default 'public',
  p_tags text[] default '{}',
  p_max_participants int default 50,
  p_settings jsonb default '{}',
  p_password text default null
)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.create_room(p_name, p_privacy, p_tags, p_max_participants, p_settings, p_password)
$$;

-- One page of active rooms in the lobby's order, after the given key: an array of room summaries.
-- 'public': rooms open to everybody. 'private': private rooms that the caller created or is in, and no other.
create function private.list_rooms(
  p_privacy public.room_privacy,
  p_tags text[],
  p_query text,
  p_limit int,
  p_after_count int,
  p_after_created_at timestamptz,
  p_after_id uuid
)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
  v_tag text;
  -- Literals and one statement a question, so that the planner knows each word and tag it is asked for.
  v_where text := case when p_privacy = 'private'
    then 'r.privacy = ''private'' and (r.creator_id = $1 or r.id in ('
      || 'select p.room_id from public.room_participants p where p.user_id = $1 and p.is_active))'
    else 'r.privacy = ''public''' end;
  v_rooms jsonb;
begin
  foreach v_tag in array private.chosen_tags(p_tags) loop
    v_where := v_where || format(
      ' and exists (select 1 from public.room_tags t where t.room_id = r.id and t.tag = %L)', v_tag);
  end loop;
  if coalesce(p_query, '') <> '' then
    -- SECURITY: %L quotes; the wildcards of the searched text are taken literally.
    v_where := v_where || format(' and r.name operator(pg_catalog.~~*) %L',
      '%' || regexp_replace(left(p_query, 80), '([\\%_])', '\\\1', 'g') || '%');
  end if;
  execute 'select coalesce(jsonb_agg(private.room_summary(page.room) order by '
    || '(page.room).participant_count desc, (page.room).created_at desc, (page.room).id desc), ''[]'') from ('
    || 'select r as room from public.rooms r where r.is_active and ' || v_where
    || ' and (r.participant_count, r.created_at, r.id) < ($2, $3, $4)'
    || ' order by r.participant_count desc, r.created_at desc, r.id desc limit $5) as page'
  into v_rooms
  using v_user_id,
    coalesce(p_after_count, 2147483647),
    coalesce(p_after_created_at, 'infinity'::timestamptz),
    coalesce(p_after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid),
    least(greatest(coalesce(p_limit, 20), 1), 21);
  return v_rooms;
end
$$;

-- One page of active rooms. At most 21: a page of 20, and whether there is another.
create function public.list_rooms(
  p_privacy public.room_privacy default 'public',
  p_tags text[] default '{}',
  p_query text default '',
  p_limit int default 20,
  p_after_count int default null,
  p_after_created_at timestamptz default null,
  p_after_id uuid default null
)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.list_rooms(
    p_privacy, p_tags, p_query, p_limit, p_after_count, p_after_created_at, p_after_id)
$$;

grant execute on function private.create_room(text, public.room_privacy, text[], int, jsonb, text) to authenticated;
grant execute on function public.create_room(text, public.room_privacy, text[], int, jsonb, text) to authenticated;
grant execute on function private.list_rooms(public.room_privacy, text[], text, int, int, timestamptz, uuid)
to authenticated;
grant execute on function public.list_rooms(public.room_privacy, text[], text, int, int, timestamptz, uuid)
to authenticated;
