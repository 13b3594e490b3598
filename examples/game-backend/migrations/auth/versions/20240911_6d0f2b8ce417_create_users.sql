-- create users
--
-- Revision ID: 6d0f2b8ce417
-- Revises:
-- Create Date: 2024-09-11 06:30:00+00:00

-- migrate:up
CREATE TABLE auth.users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    login text NOT NULL UNIQUE,
    password_hash text,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- migrate:down
DROP TABLE auth.users;
