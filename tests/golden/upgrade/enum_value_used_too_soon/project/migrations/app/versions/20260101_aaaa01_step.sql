-- step aaaa01
--
-- Revision ID: aaaa01
-- Revises: 

-- migrate:up
CREATE TYPE app.colour AS ENUM ('red');
