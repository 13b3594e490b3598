-- create social accounts
--
-- Revision ID: 8c20d5e6117f
-- Revises: 3f7a91c04be2
-- Create Date: 2026-03-04 13:40:51+00:00

-- migrate:up
CREATE TYPE users.social_provider AS ENUM ('google', 'apple', 'kakao', 'steam');

CREATE TABLE users.social_accounts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES users.accounts (id) ON DELETE CASCADE,
    provider users.social_provider NOT NULL,
    provider_user_id text NOT NULL,
    linked_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (provider, provider_user_id)
);
CREATE INDEX social_accounts_account_id_idx ON users.social_accounts (account_id);

-- migrate:down
DROP TABLE users.social_accounts;
DROP TYPE users.social_provider;
