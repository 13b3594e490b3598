-- a
--
-- Revision ID: a00001
-- Revises:

-- migrate:up
CREATE EXTENSION IF NOT EXISTS citext;
-- migrate:down
DROP EXTENSION citext;
