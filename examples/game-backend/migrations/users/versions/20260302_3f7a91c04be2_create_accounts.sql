-- create accounts
--
-- Revision ID: 3f7a91c04be2
-- Revises:
-- Create Date: 2026-03-02 09:14:05+00:00

-- migrate:up
CREATE TABLE users.accounts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    nickname text NOT NULL CHECK (char_length(nickname) BETWEEN 2 AND 20),
    email text CHECK (email LIKE '%_@_%'),
    country_code text NOT NULL DEFAULT 'KR' CHECK (country_code ~ '^[A-Z]{2}$'),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
-- Nicknames are unique however they are written; a deleted e-mail address may be taken again.
CREATE UNIQUE INDEX accounts_nickname_key ON users.accounts (lower(nickname));
CREATE UNIQUE INDEX accounts_email_key ON users.accounts (lower(email)) WHERE email IS NOT NULL;
COMMENT ON TABLE users.accounts IS '계정: 한 사람이 하나';

-- migrate:down
DROP TABLE users.accounts;
