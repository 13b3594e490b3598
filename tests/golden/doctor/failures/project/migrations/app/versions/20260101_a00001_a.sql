-- a
--
-- Revision ID: a00001
-- Revises:

-- migrate:up
CREATE EXTENSION IF NOT EXISTS no_such_extension;
-- migrate:down
DROP EXTENSION no_such_extension;
