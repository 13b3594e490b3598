-- create user social accounts
--
-- Revision ID: a83c5419fe60
-- Revises: 6d0f2b8ce417
-- Create Date: 2024-09-18 08:15:22+00:00

-- migrate:up
CREATE TABLE auth.user_social_accounts (
    user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
    provider text NOT NULL,
    subject text NOT NULL,
    PRIMARY KEY (provider, subject)
);
CREATE INDEX user_social_accounts_user_id_idx ON auth.user_social_accounts (user_id);

-- migrate:down
DROP TABLE auth.user_social_accounts;
