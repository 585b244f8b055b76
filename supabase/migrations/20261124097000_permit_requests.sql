-- Limits of what costs traffic rather than rows: tests of the connection, and credentials for relays.

insert into private.limits (action, max_count, window_length)
values
  ('test_bandwidth', 20, '5 minutes'),
  ('ice_servers', 30, '1 minute');

-- Takes the caller's permit for a request that the HTTP API answers by itself.
create function private.permit_request(p_action text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user();
begin
  -- SECURITY: no other permit can be used up from here.
  if p_action is null or p_action not in ('test_bandwidth', 'ice_servers') then
    raise sqlstate 'PT400' using message = 'invalid_input';
  end if;
  if not private.hold_profile(v_user_id) then
    raise sqlstate 'PT401' using message = 'not_signed_in';
  end if;
  return coalesce(private.refuse_too_often(v_user_id, p_action), '{}');
end
$$;

-- For the HTTP API: `test_bandwidth` or `ice_servers`; `{}`, or `{refusal: 'rate_limited', retryAfterSeconds}`. Called with
-- the user's token, which thereby is verified.
create function public.permit_request(p_action text)
returns jsonb
language sql
security invoker
set search_path = ''
as $$
  select private.permit_request(p_action)
$$;

grant execute on function private.permit_request(text) to authenticated;
grant execute on function public.permit_request(text) to authenticated;
