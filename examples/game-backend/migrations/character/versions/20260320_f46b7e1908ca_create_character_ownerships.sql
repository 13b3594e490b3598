-- create character ownerships
--
-- Who owned a character when: characters can be traded between accounts.
--
-- Revision ID: f46b7e1908ca
-- Revises: 2d88c3a5f604
-- Depends on: users:b95e02fd6c38
-- Create Date: 2026-03-20 16:44:08+00:00

-- migrate:up
CREATE TABLE character.character_ownerships (
    character_id bigint NOT NULL REFERENCES character.characters (id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES users.accounts (id),
    owned_from timestamptz NOT NULL DEFAULT now(),
    owned_until timestamptz,
    price bigint CHECK (price >= 0),
    PRIMARY KEY (character_id, owned_from),
    CHECK (owned_until > owned_from)
);
CREATE UNIQUE INDEX character_ownerships_current_key
    ON character.character_ownerships (character_id) WHERE owned_until IS NULL;
CREATE INDEX character_ownerships_account_id_idx ON character.character_ownerships (account_id);

-- Only a character that stands in one of its owner's slots can be owned.
CREATE FUNCTION character.check_slot() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = ''
AS $check$
BEGIN
    PERFORM FROM users.user_characters AS slots
        WHERE slots.account_id = NEW.account_id AND slots.character_id = NEW.character_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'character % stands in no slot of account %', NEW.character_id, NEW.account_id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END;
$check$;

CREATE CONSTRAINT TRIGGER character_ownerships_slot
    AFTER INSERT ON character.character_ownerships
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION character.check_slot();

-- migrate:down
DROP TABLE character.character_ownerships;
DROP FUNCTION character.check_slot();
