-- 캐릭터에 등급 추가
--
-- Revision ID: 9f3c1a7b2d4e
-- Revises: 1b2c3d4e5f60, 77aa
-- Depends on: users:77aa01bc23de, b
-- Branch labels: grades
-- Create Date: 2026-11-22 10:00:00+00:00
-- Phase: expand
-- Replaces: a
-- X-Ticket: 1

-- migrate:up transaction=off
ALTER TABLE t ADD COLUMN a int;
-- migrate:backfill table=t batch=5000 pause=20ms throttle=x
UPDATE t SET a = 1;
-- migrate:irreversible reason="x"
