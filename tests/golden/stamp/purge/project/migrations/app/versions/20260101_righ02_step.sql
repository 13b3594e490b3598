-- step righ02
--
-- Revision ID: righ02
-- Revises: righ01

-- migrate:up
SELECT 1;
