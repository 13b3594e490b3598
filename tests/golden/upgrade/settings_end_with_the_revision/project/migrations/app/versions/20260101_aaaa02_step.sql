-- step aaaa02
--
-- Revision ID: aaaa02
-- Revises: aaaa01

-- migrate:up
SET SESSION AUTHORIZATION pg_monitor;
