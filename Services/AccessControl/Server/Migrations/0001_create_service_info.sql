-- What the schema is, for whoever finds it; the service's own tables come with its first methods.
comment on schema access is 'Vigil access control: organisations, principals, policy, grants and the audit log. Owned by vigil_access.';

create table service_info (
  singleton boolean primary key default true check (singleton),
  created_at timestamptz not null default now()
);

comment on table service_info is 'One row: when the schema came into being.';

insert into service_info default values;
