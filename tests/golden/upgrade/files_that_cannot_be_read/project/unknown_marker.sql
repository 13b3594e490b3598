-- Revision ID: aaaa01
-- Revises:

-- migrate:upp
SELECT 1;
