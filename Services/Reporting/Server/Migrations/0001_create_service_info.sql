-- What the schema is, for whoever finds it; the service's own tables come with its first methods.
comment on schema reporting is 'Vigil reporting: the figures and the reports made of them. Owned by vigil_reporting.';

create table service_info (
  singleton boolean primary key default true check (singleton),
  created_at timestamptz not null default now()
);

comment on table service_info is 'One row: when the schema came into being.';

insert into service_info default values;
