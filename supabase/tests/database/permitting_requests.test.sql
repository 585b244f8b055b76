-- Limits of requests that the HTTP API answers by itself.
begin;
create extension if not exists pgtap with schema extensions;
grant execute on all functions in schema extensions to anon, authenticated;
select plan(7);
update private.limits set max_count = 2 where action in ('test_bandwidth', 'ice_servers');

insert into auth.users (id, email) values
  ('a0000000-0000-4000-8000-000000000001', '1@example.test'),
  ('a0000000-0000-4000-8000-000000000002', '2@example.test');

set local role authenticated;
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select is(public.permit_request('test_bandwidth'), '{}', 'a permit is there for whoever has not used it')
from generate_series(1, 2);
select is(
  public.permit_request('test_bandwidth') ->> 'refusal', 'rate_limited', 'and not more often than the limit says');
select is(public.permit_request('ice_servers'), '{}', 'another kind of request has its own limit');
select throws_ok($$ select public.permit_request('create_room') $$, 'PT400', 'invalid_input', 'no other permit is to be had');

set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select is(public.permit_request('test_bandwidth'), '{}', 'a person’s limit is their own');

set local request.jwt.claim.sub = '';
set local role anon;
select throws_ok($$ select public.permit_request('ice_servers') $$, '42501', null, 'nobody is permitted anything unsigned');

select * from finish();
rollback;
