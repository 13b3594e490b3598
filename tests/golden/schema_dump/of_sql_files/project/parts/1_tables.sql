BEGIN;
CREATE TABLE t (id serial PRIMARY KEY, status varchar(10) CHECK (status IN ('new', 'old')));
ALTER TABLE t OWNER TO app_owner;
GRANT SELECT ON t TO app_reader;
COMMIT;
