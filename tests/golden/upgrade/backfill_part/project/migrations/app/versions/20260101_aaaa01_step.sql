-- step aaaa01
--
-- Revision ID: aaaa01
-- Revises: 

-- migrate:up
CREATE TABLE app.one (a int);

-- migrate:backfill table=app.one batch=5000 pause=20ms
UPDATE app.one SET a = 1 WHERE a IS NULL;
