-- step aaaa03
--
-- Revision ID: aaaa03
-- Revises: aaaa02

-- migrate:up
SELECT 1;
