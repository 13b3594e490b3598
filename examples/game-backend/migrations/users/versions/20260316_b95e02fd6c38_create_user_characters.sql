-- create user characters
--
-- The slots of an account's character screen. `character_id` has no foreign key: the domain character stands on this
-- one, not the other way round.
--
-- Revision ID: b95e02fd6c38
-- Revises: 8c20d5e6117f
-- Branch labels: slots
-- Create Date: 2026-03-16 08:02:33+00:00

-- migrate:up
CREATE TABLE users.user_characters (
    account_id bigint NOT NULL REFERENCES users.accounts (id) ON DELETE CASCADE,
    slot smallint NOT NULL CHECK (slot BETWEEN 1 AND 12),
    character_id bigint NOT NULL UNIQUE,
    selected_at timestamptz,
    PRIMARY KEY (account_id, slot)
);

-- migrate:down
DROP TABLE users.user_characters;
