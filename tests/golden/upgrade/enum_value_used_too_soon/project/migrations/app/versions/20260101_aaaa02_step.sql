-- step aaaa02
--
-- Revision ID: aaaa02
-- Revises: aaaa01

-- migrate:up
ALTER TYPE app.colour ADD VALUE 'blue';
CREATE TABLE app.one AS SELECT 'blue'::app.colour;
