-- step aaaa02
--
-- Revision ID: aaaa02
-- Revises: aaaa01

-- migrate:up
CREATE TABLE app.two (a int);

-- migrate:down
DROP TABLE app.two;
