-- step aaaa01
--
-- Revision ID: aaaa01
-- Revises: 

-- migrate:up
GRANT USAGE, CREATE ON SCHEMA app TO pg_monitor;
SET ROLE pg_monitor;
CREATE TABLE app.one (a int);
CREATE INDEX CONCURRENTLY one_a ON app.one (a);
CREATE TABLE app.two (a int);
