-- Those triggers on rooms that look at columns which coming and going does not set. PostgreSQL reads the condition of each
-- trigger anew with every statement, under the room's lock, unless the columns rule the trigger out. No trigger sets these
-- columns behind a statement's back, so the same changes are told to the same people.
drop trigger rooms_log_change on public.rooms;
create trigger rooms_log_change
after update of is_active, topology_epoch on public.rooms
for each row
when (old.is_active <> new.is_active or old.topology_epoch <> new.topology_epoch)
execute function private.log_room();

drop trigger rooms_follow_on_sfu on public.rooms;
create trigger rooms_follow_on_sfu
after update of settings, is_active, topology on public.rooms
for each row
when (
  old.settings is distinct from new.settings
  or (old.is_active and not new.is_active)
  or (old.topology = 'sfu' and new.topology <> 'sfu')
)
execute function private.follow_room_on_sfu();

drop trigger rooms_tell_change on public.rooms;
create constraint trigger rooms_tell_change
after update of name, privacy, max_participants, has_password, tags_version, settings, creator_id, is_locked on public.rooms
deferrable initially deferred
for each row
when (
  (new.name, new.privacy, new.max_participants, new.has_password, new.tags_version, new.settings, new.creator_id,
      new.is_locked)
    is distinct from (old.name, old.privacy, old.max_participants, old.has_password, old.tags_version, old.settings,
      old.creator_id, old.is_locked)
)
execute function private.tell_room_of_change();
