-- touch updated at
--
-- Revision ID: e1d4476a09b5
-- Revises: 8c20d5e6117f
-- Create Date: 2026-03-17 10:25:19+00:00

-- migrate:up
CREATE FUNCTION users.touch_updated_at() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = ''
AS $function$
BEGIN
    -- A row that is written again unchanged keeps its time; semicolons in here end nothing.
    IF NEW IS DISTINCT FROM OLD THEN
        NEW.updated_at := pg_catalog.now();
    END IF;
    RETURN NEW;
END;
$function$;

CREATE TRIGGER accounts_touch
    BEFORE UPDATE ON users.accounts
    FOR EACH ROW EXECUTE FUNCTION users.touch_updated_at();

-- migrate:down
DROP TRIGGER accounts_touch ON users.accounts;
DROP FUNCTION users.touch_updated_at();
