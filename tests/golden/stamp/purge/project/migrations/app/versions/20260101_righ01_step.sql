-- step righ01
--
-- Revision ID: righ01
-- Revises: base01

-- migrate:up
SELECT 1;
