-- two
--
-- Revision ID: aaaa02
-- Revises: aaaa01

-- migrate:up
ALTER TABLE app.one DROP COLUMN a;

-- migrate:down
ALTER TABLE app.one ADD COLUMN a int;
