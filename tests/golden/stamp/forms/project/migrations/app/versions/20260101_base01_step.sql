-- step base01
--
-- Revision ID: base01
-- Revises: 

-- migrate:up
SELECT 1;
