-- step aaaa01
--
-- Revision ID: aaaa01
-- Revises: 

-- migrate:up
CREATE TABLE app.one (a int);
DO $$ BEGIN INSERT INTO app.one VALUES (1); COMMIT; END $$;
