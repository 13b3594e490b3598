-- make read only
--
-- The accounts have moved to the domain users; nothing may be written here any more.
--
-- Revision ID: d52a9fc3708b
-- Revises: 19e7d0b6a24f
-- Depends on: users:8c20d5e6117f
-- Create Date: 2026-04-10 09:00:00+00:00

-- migrate:up
CREATE FUNCTION auth.refuse_write() RETURNS trigger
    LANGUAGE plpgsql
AS $body$
BEGIN
    RAISE EXCEPTION '%.% is read-only: accounts live in users.accounts; don''t write here', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'read_only_sql_transaction';
END;
$body$;

DO $do$
DECLARE
    relation text;
BEGIN
    FOREACH relation IN ARRAY ARRAY['users', 'user_social_accounts', 'login_audits'] LOOP
        EXECUTE format(
            'CREATE TRIGGER read_only BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON auth.%I '
            'FOR EACH STATEMENT EXECUTE FUNCTION auth.refuse_write()', relation);
    END LOOP;
END;
$do$;

-- migrate:down
DROP TRIGGER read_only ON auth.login_audits;
DROP TRIGGER read_only ON auth.user_social_accounts;
DROP TRIGGER read_only ON auth.users;
DROP FUNCTION auth.refuse_write();
