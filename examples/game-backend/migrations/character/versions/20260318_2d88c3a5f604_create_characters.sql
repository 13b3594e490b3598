-- create characters
--
-- Revision ID: 2d88c3a5f604
-- Revises:
-- Depends on: users:3f7a91c04be2
-- Create Date: 2026-03-18 11:00:27+00:00

-- migrate:up
CREATE TABLE character.characters (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES users.accounts (id),
    name text NOT NULL CHECK (char_length(name) BETWEEN 2 AND 16),
    class text NOT NULL CHECK (class IN ('warrior', 'mage', 'archer', 'priest')),
    level integer NOT NULL DEFAULT 1 CHECK (level BETWEEN 1 AND 100),
    experience bigint NOT NULL DEFAULT 0 CHECK (experience >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);
-- The name of a deleted character is free again.
CREATE UNIQUE INDEX characters_name_key ON character.characters (lower(name)) WHERE deleted_at IS NULL;
CREATE INDEX characters_account_id_idx ON character.characters (account_id);

-- migrate:down
DROP TABLE character.characters;
