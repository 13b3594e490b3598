-- merge slots and touch
--
-- Revision ID: 5a6be8f31d90
-- Revises: b95e02fd6c38, e1d4476a09b5
-- Create Date: 2026-03-19 07:51:40+00:00

-- migrate:up

-- migrate:down
