-- step aaaa01
--
-- Revision ID: aaaa01
-- Revises: 

-- migrate:up transaction=on
VACUUM;
