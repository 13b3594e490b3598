-- late
--
-- Revision ID: aaaa15
-- Revises: aaaa01

-- migrate:up
CREATE TABLE app.late (a int);
