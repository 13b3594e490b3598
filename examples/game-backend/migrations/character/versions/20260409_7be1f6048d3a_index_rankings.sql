-- index rankings
--
-- Revision ID: 7be1f6048d3a
-- Revises: 0ce95d72b1f8
-- Create Date: 2026-04-09 18:20:45+00:00

-- migrate:up
CREATE INDEX CONCURRENTLY characters_ranking_idx
    ON character.characters (class, level DESC, experience DESC)
    WHERE deleted_at IS NULL;

CREATE VIEW character.rankings AS
SELECT class, rank() OVER (PARTITION BY class ORDER BY level DESC, experience DESC) AS place, id AS character_id, name, level
FROM character.characters
WHERE deleted_at IS NULL;

-- migrate:down
DROP VIEW character.rankings;
DROP INDEX CONCURRENTLY character.characters_ranking_idx;
