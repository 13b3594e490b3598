-- step left02
--
-- Revision ID: left02
-- Revises: left01

-- migrate:up
SELECT 1;
