-- step left01
--
-- Revision ID: left01
-- Revises: base01
-- Branch labels: left

-- migrate:up
SELECT 1;
