-- step aaaa03
--
-- Revision ID: aaaa03
-- Revises: aaaa02

-- migrate:up
CREATE TABLE app.seen AS
SELECT current_user = session_user AS own_role, current_setting('search_path') AS path, current_setting('statement_timeout') AS timeout;
