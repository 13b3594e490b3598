-- one
--
-- Revision ID: aaaa01
-- Revises:

-- migrate:up
CREATE TABLE app.one (a int);

-- migrate:down
DROP TABLE app.one;
