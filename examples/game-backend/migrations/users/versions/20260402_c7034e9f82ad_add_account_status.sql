-- add account status
--
-- Revision ID: c7034e9f82ad
-- Revises: 5a6be8f31d90
-- Create Date: 2026-04-02 15:30:00+00:00
-- Phase: expand

-- migrate:up
ALTER TABLE users.accounts
    ADD COLUMN status text NOT NULL DEFAULT 'active',
    ADD COLUMN suspended_until timestamptz;
ALTER TABLE users.accounts
    ADD CONSTRAINT accounts_status_check
    CHECK (status IN ('active', 'suspended', 'closed')) NOT VALID;
ALTER TABLE users.accounts VALIDATE CONSTRAINT accounts_status_check;

-- migrate:down
ALTER TABLE users.accounts
    DROP CONSTRAINT accounts_status_check,
    DROP COLUMN suspended_until,
    DROP COLUMN status;
