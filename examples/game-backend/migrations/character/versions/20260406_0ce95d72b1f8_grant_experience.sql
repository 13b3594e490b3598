-- grant experience
--
-- Revision ID: 0ce95d72b1f8
-- Revises: f46b7e1908ca
-- Create Date: 2026-04-06 12:12:12+00:00

-- migrate:up
-- Level n is reached at 50 n (n - 1) experience: each level takes 100 more than the one before.
CREATE FUNCTION character.level_at(total_experience bigint) RETURNS integer
    LANGUAGE sql
    IMMUTABLE PARALLEL SAFE
AS $$
    SELECT least(100, floor((1 + sqrt(1 + total_experience / 12.5)) / 2)::integer);
$$;

CREATE FUNCTION character.grant_experience(target bigint, amount bigint) RETURNS integer
    LANGUAGE plpgsql
    SET search_path = ''
AS $$
DECLARE
    reached integer;
BEGIN
    IF amount <= 0 THEN
        RAISE EXCEPTION 'experience must grow; got %', amount USING ERRCODE = 'check_violation';
    END IF;
    UPDATE character.characters
        SET experience = experience + amount,
            level = character.level_at(experience + amount)
        WHERE id = target AND deleted_at IS NULL
        RETURNING level INTO reached;
    IF NOT FOUND THEN
        RAISE EXCEPTION $text$there is no character %; it may have been deleted$text$, target;
    END IF;
    RETURN reached;
END;
$$;

-- migrate:down
DROP FUNCTION character.grant_experience(bigint, bigint);
DROP FUNCTION character.level_at(bigint);
