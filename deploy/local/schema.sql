-- One service's schema and login role, made or brought up to date. psql variables: role, schema, password.
select format('create role %I login', :'role')
where not exists (select from pg_roles where rolname = :'role') \gexec
alter role :"role" login password :'password';
alter role :"role" set search_path = :"schema";
-- An administrator that is not a superuser must belong to a role to give it a schema.
select format('grant %I to current_user', :'role')
where not pg_has_role(current_user, :'role', 'member') \gexec
select format('create schema %I authorization %I', :'schema', :'role')
where not exists (select from pg_namespace where nspname = :'schema') \gexec
revoke all on schema :"schema" from public;
select format('revoke create on schema public from public')
where has_schema_privilege(current_user, 'public', 'create') \gexec
