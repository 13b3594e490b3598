-- step aaaa01
--
-- Revision ID: aaaa01
-- Revises: 

-- migrate:up
CREATE TABLE app.one (a int);
INSERT INTO app.one VALUES (1), (1);
CREATE UNIQUE INDEX CONCURRENTLY one_a ON app.one (a);
CREATE TABLE app.two (a int);

-- migrate:down
DROP TABLE app.two, app.one;
