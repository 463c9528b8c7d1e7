-- What the schema is, for whoever finds it; the service's own tables come with its first methods.
comment on schema notifications is 'Vigil notifications: who is told of what, and when. Owned by vigil_notifications.';

create table service_info (
  singleton boolean primary key default true check (singleton),
  created_at timestamptz not null default now()
);

comment on table service_info is 'One row: when the schema came into being.';

insert into service_info default values;
