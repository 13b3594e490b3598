-- index suspended accounts
--
-- Built without blocking writers: CREATE INDEX CONCURRENTLY runs outside a transaction, and haetae cuts the revision
-- accordingly.
--
-- Revision ID: 91f0ab57d2c6
-- Revises: c7034e9f82ad
-- Create Date: 2026-04-03 09:05:12+00:00

-- migrate:up
CREATE INDEX CONCURRENTLY accounts_suspended_until_idx
    ON users.accounts (suspended_until)
    WHERE status = 'suspended';

-- migrate:down
DROP INDEX CONCURRENTLY users.accounts_suspended_until_idx;
