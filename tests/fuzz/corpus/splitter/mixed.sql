CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2 AS end; END;
SELECT E'a\'' 'b', U&"x;" /* a /* b */ */, $tag$ ; $$ $tag$, $1, 'x'
'y' -- ; c
-- migrate:down
CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2); VACUUM; ALTER ROLE a PASSWORD 'x';
