-- step aaaa01
--
-- Revision ID: aaaa01
-- Revises: 

-- migrate:up
CREATE TABLE IF NOT EXISTS app.one (a int);
CREATE INDEX CONCURRENTLY one_b ON app.one (b);
