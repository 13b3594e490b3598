-- step aaaa01
--
-- Revision ID: aaaa01
-- Revises: 

-- migrate:up
CREATE TABLE app.one (a int);
CREATE INDEX CONCURRENTLY ON app.one (a);
