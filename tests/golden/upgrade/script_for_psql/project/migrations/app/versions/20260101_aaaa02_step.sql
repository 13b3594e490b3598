-- step aaaa02
--
-- Revision ID: aaaa02
-- Revises: aaaa01

-- migrate:up
CREATE INDEX CONCURRENTLY one_a ON app.one (a);
CREATE VIEW app.two AS SELECT a FROM app.one;

-- migrate:down
DROP VIEW app.two;
DROP INDEX CONCURRENTLY app.one_a;
