-- step aaaa01
--
-- Revision ID: aaaa01
-- Revises: 

-- migrate:up
SET ROLE pg_monitor;
SET search_path = pg_temp;
SET statement_timeout = '7s';
