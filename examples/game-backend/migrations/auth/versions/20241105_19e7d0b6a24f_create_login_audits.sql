-- create login audits
--
-- Revision ID: 19e7d0b6a24f
-- Revises: a83c5419fe60
-- Create Date: 2024-11-05 14:09:31+00:00

-- migrate:up
CREATE TABLE auth.login_audits (
    user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
    logged_in_at timestamptz NOT NULL DEFAULT now(),
    address inet,
    outcome text NOT NULL CHECK (outcome IN ('success', 'wrong_password', 'locked'))
) PARTITION BY RANGE (logged_in_at);

CREATE TABLE auth.login_audits_2025 PARTITION OF auth.login_audits
    FOR VALUES FROM ('2025-01-01 00:00+00') TO ('2026-01-01 00:00+00');
CREATE TABLE auth.login_audits_rest PARTITION OF auth.login_audits DEFAULT;
CREATE INDEX login_audits_user_id_idx ON auth.login_audits (user_id, logged_in_at);

-- migrate:down
DROP TABLE auth.login_audits;
