-- Revision ID: aaaa01
-- Revises:

-- migrate:up
SELECT 1;

-- migrate:up
SELECT 2;
