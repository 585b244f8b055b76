-- So that a test sees every scheduled task at work within seconds.
update private.scheduled_tasks set every_seconds = 1;
update private.config set empty_room_expiry = '1 second';
