// SPDX-License-Identifier: Apache-2.0
// Each attribute of tables, columns, constraints and indexes, one at a time.
#include "attribute_fixture.hpp"

namespace haetae::catalog {
namespace {

constexpr AttributeCase table_cases[] = {
    {"existence", "", "CREATE TABLE s.t (a int)", "+ table s.t"},
    {"persistence", "CREATE TABLE s.t (a int)", "ALTER TABLE s.t SET UNLOGGED", "+ table s.t unlogged"},
    {"options", "CREATE TABLE s.t (a int)", "ALTER TABLE s.t SET (fillfactor = 70)",
     "+ table s.t option fillfactor=70"},
    {"options of the TOAST table", "CREATE TABLE s.t (a text)",
     "ALTER TABLE s.t SET (toast.autovacuum_enabled = false)", "+ table s.t option toast.autovacuum_enabled=false"},
    {"inheritance", "CREATE TABLE s.p (a int); CREATE TABLE s.t (a int)", "ALTER TABLE s.t INHERIT s.p",
     "+ table s.t inherits s.p\n+ table s.t column a inherited"},
    {"order of parents", "CREATE TABLE s.p (); CREATE TABLE s.q (); CREATE TABLE s.t () INHERITS (s.p, s.q)",
     "ALTER TABLE s.t NO INHERIT s.p; ALTER TABLE s.t INHERIT s.p",
     "- table s.t inherits s.p, s.q\n+ table s.t inherits s.q, s.p"},
    {"type of a typed table", "CREATE TYPE s.y AS (a int); CREATE TABLE s.t OF s.y", "ALTER TABLE s.t NOT OF",
     "- table s.t of type s.y"},
    {"partition key", "CREATE TABLE s.t (a int, b int) PARTITION BY RANGE (a)",
     "DROP TABLE s.t; CREATE TABLE s.t (a int, b int) PARTITION BY HASH (a, lower(b::text))",
     "- table s.t partitioned by RANGE (a)\n+ table s.t partitioned by HASH (a, lower((b)::text))"},
    {"partition", "CREATE TABLE s.t (a int) PARTITION BY LIST (a); CREATE TABLE s.u (a int)",
     "ALTER TABLE s.t ATTACH PARTITION s.u FOR VALUES IN (1, 2)",
     "+ table s.u partition bound FOR VALUES IN (1, 2)\n+ table s.u partition of s.t\n"
     "+ table s.u column a inherited\n+ table s.u column a not declared here"},
    {"partition bound", "CREATE TABLE s.t (a int) PARTITION BY LIST (a); CREATE TABLE s.u PARTITION OF s.t DEFAULT",
     "ALTER TABLE s.t DETACH PARTITION s.u; ALTER TABLE s.t ATTACH PARTITION s.u FOR VALUES IN (7)",
     "- table s.u partition bound DEFAULT\n+ table s.u partition bound FOR VALUES IN (7)"},
    {"replica identity", "CREATE TABLE s.t (a int)", "ALTER TABLE s.t REPLICA IDENTITY FULL",
     "+ table s.t replica identity full"},
    {"no replica identity", "CREATE TABLE s.t (a int)", "ALTER TABLE s.t REPLICA IDENTITY NOTHING",
     "+ table s.t replica identity nothing"},
    {"replica identity by an index", "CREATE TABLE s.t (a int NOT NULL); CREATE UNIQUE INDEX i ON s.t (a)",
     "ALTER TABLE s.t REPLICA IDENTITY USING INDEX i",
     "+ table s.t replica identity index\n+ table s.t index i replica identity"},
    {"row security", "CREATE TABLE s.t (a int)", "ALTER TABLE s.t ENABLE ROW LEVEL SECURITY",
     "+ table s.t row security"},
    {"forced row security", "CREATE TABLE s.t (a int)", "ALTER TABLE s.t FORCE ROW LEVEL SECURITY",
     "+ table s.t row security forced"},
    {"owner", "CREATE TABLE s.t (a int); GRANT SELECT ON s.t TO reader", "ALTER TABLE s.t OWNER TO \"Other Role\"",
     "- table s.t owner postgres\n+ table s.t owner \"Other Role\""},
    {"comment", "CREATE TABLE s.t (a int)", "COMMENT ON TABLE s.t IS E'one\\ntwo'", "+ table s.t comment one\\ntwo"},
    {"grant", "CREATE TABLE s.t (a int)", "GRANT SELECT ON s.t TO reader, PUBLIC",
     "+ table s.t granted SELECT to PUBLIC\n+ table s.t granted SELECT to reader"},
    {"grant of everything", "CREATE TABLE s.t (a int)", "GRANT ALL ON s.t TO \"Other Role\"",
     "+ table s.t granted ALL to \"Other Role\""},
    {"grant option", "CREATE TABLE s.t (a int); GRANT INSERT ON s.t TO reader",
     "GRANT INSERT ON s.t TO reader WITH GRANT OPTION",
     "- table s.t granted INSERT to reader\n+ table s.t granted INSERT to reader with grant option"},
    {"grantor",
     "CREATE TABLE s.t (a int); GRANT USAGE ON SCHEMA s TO reader; GRANT INSERT ON s.t TO reader WITH GRANT OPTION",
     "SET ROLE reader; GRANT INSERT ON s.t TO \"Other Role\"; RESET ROLE",
     "+ table s.t granted INSERT to \"Other Role\" by reader"},
    {"revoked from the owner", "CREATE TABLE s.t (a int)", "REVOKE DELETE ON s.t FROM CURRENT_USER",
     "+ table s.t revoked DELETE from postgres"},
};

constexpr AttributeCase column_cases[] = {
    {"existence", "CREATE TABLE s.t (a int)", "ALTER TABLE s.t ADD b text NOT NULL DEFAULT ''", "+ table s.t column b"},
    {"type", "CREATE TABLE s.t (a int)", "ALTER TABLE s.t ALTER a TYPE bigint",
     "- table s.t column a type integer\n+ table s.t column a type bigint"},
    {"length of a type", "CREATE TABLE s.t (a varchar(10))", "ALTER TABLE s.t ALTER a TYPE varchar(11)",
     "- table s.t column a type character varying(10)\n+ table s.t column a type character varying(11)"},
    {"type of one's own", "CREATE TYPE s.\"E\" AS ENUM (); CREATE TABLE s.t (a int[])",
     "ALTER TABLE s.t ALTER a TYPE s.\"E\"[] USING NULL",
     "- table s.t column a type integer[]\n+ table s.t column a type s.\"E\"[]"},
    {"collation", "CREATE TABLE s.t (a text)", "ALTER TABLE s.t ALTER a TYPE text COLLATE \"C\"",
     "+ table s.t column a collation pg_catalog.\"C\""},
    {"not null", "CREATE TABLE s.t (a int)", "ALTER TABLE s.t ALTER a SET NOT NULL", "+ table s.t column a not null"},
    {"default", "CREATE TABLE s.t (a int DEFAULT 1)", "ALTER TABLE s.t ALTER a SET DEFAULT 2",
     "- table s.t column a default 1\n+ table s.t column a default 2"},
    {"identity", "CREATE TABLE s.t (a int GENERATED ALWAYS AS IDENTITY)",
     "ALTER TABLE s.t ALTER a SET GENERATED BY DEFAULT",
     "- table s.t column a identity always\n+ table s.t column a identity by default"},
    {"start of an identity", "CREATE TABLE s.t (a int GENERATED ALWAYS AS IDENTITY)",
     "ALTER TABLE s.t ALTER a SET START WITH 5",
     "- table s.t column a sequence start 1\n+ table s.t column a sequence start 5"},
    {"name of an identity's sequence", "CREATE TABLE s.t (a int GENERATED ALWAYS AS IDENTITY)",
     "ALTER SEQUENCE s.t_a_seq RENAME TO q",
     "- table s.t column a sequence name s.t_a_seq\n+ table s.t column a sequence name s.q"},
    {"generated column", "CREATE TABLE s.t (a int, b int GENERATED ALWAYS AS (a + 1) STORED)",
     "ALTER TABLE s.t DROP b; ALTER TABLE s.t ADD b int GENERATED ALWAYS AS (a + 2) STORED",
     "- table s.t column b generated as (a + 1)\n+ table s.t column b generated as (a + 2)"},
    {"generated or not", "CREATE TABLE s.t (b int GENERATED ALWAYS AS (1) STORED)",
     "ALTER TABLE s.t ALTER b DROP EXPRESSION",
     "- table s.t column b generated stored\n- table s.t column b generated as 1"},
    {"inherited column declared again", "CREATE TABLE s.p (a int); CREATE TABLE s.t () INHERITS (s.p)",
     "DROP TABLE s.t; CREATE TABLE s.t (a int) INHERITS (s.p)", "- table s.t column a not declared here"},
    {"storage", "CREATE TABLE s.t (a text)", "ALTER TABLE s.t ALTER a SET STORAGE EXTERNAL",
     "+ table s.t column a storage EXTERNAL"},
    {"compression", "CREATE TABLE s.t (a text)", "ALTER TABLE s.t ALTER a SET COMPRESSION pglz",
     "+ table s.t column a compression pglz"},
    {"statistics", "CREATE TABLE s.t (a text)", "ALTER TABLE s.t ALTER a SET STATISTICS 0",
     "+ table s.t column a statistics 0"},
    {"options", "CREATE TABLE s.t (a text)", "ALTER TABLE s.t ALTER a SET (n_distinct = -0.5)",
     "+ table s.t column a option n_distinct=-0.5"},
    {"comment", "CREATE TABLE s.t (a text)", "COMMENT ON COLUMN s.t.a IS 'why'", "+ table s.t column a comment why"},
    {"grant", "CREATE TABLE s.t (a text)", "GRANT UPDATE (a) ON s.t TO reader",
     "+ table s.t column a granted UPDATE to reader"},
    {"order", "CREATE TABLE s.t (a int, b int, c int)", "ALTER TABLE s.t DROP a; ALTER TABLE s.t ADD a int",
     "+ table s.t column a after c\n- table s.t column b after a"},
};

constexpr AttributeCase constraint_cases[] = {
    {"primary key", "CREATE TABLE s.t (a int NOT NULL, b int NOT NULL, CONSTRAINT k PRIMARY KEY (a))",
     "ALTER TABLE s.t DROP CONSTRAINT k; ALTER TABLE s.t ADD CONSTRAINT k PRIMARY KEY (a) INCLUDE (b)",
     "- table s.t constraint k definition PRIMARY KEY (a)\n+ table s.t constraint k definition PRIMARY KEY (a) INCLUDE "
     "(b)\n"
     "- table s.t index k definition USING btree (a)\n+ table s.t index k definition USING btree (a) INCLUDE (b)"},
    {"unique", "CREATE TABLE s.t (a int, CONSTRAINT k UNIQUE (a))",
     "ALTER TABLE s.t DROP CONSTRAINT k; ALTER TABLE s.t ADD CONSTRAINT k UNIQUE NULLS NOT DISTINCT (a)",
     "- table s.t constraint k definition UNIQUE (a)\n+ table s.t constraint k definition UNIQUE NULLS NOT DISTINCT "
     "(a)\n"
     "- table s.t index k definition USING btree (a)\n+ table s.t index k definition USING btree (a) NULLS NOT "
     "DISTINCT"},
    {"unique index or constraint", "CREATE TABLE s.t (a int); CREATE UNIQUE INDEX k ON s.t (a)",
     "ALTER TABLE s.t ADD CONSTRAINT k UNIQUE USING INDEX k",
     "+ table s.t constraint k\n+ table s.t index k of constraint"},
    {"action of a foreign key",
     "CREATE TABLE s.p (a int, b int, UNIQUE (a, b));"
     "CREATE TABLE s.t (a int, b int, CONSTRAINT k FOREIGN KEY (a, b) REFERENCES s.p (a, b))",
     "ALTER TABLE s.t DROP CONSTRAINT k; ALTER TABLE s.t ADD CONSTRAINT k FOREIGN KEY (a, b) REFERENCES s.p (a, b) "
     "MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL (b)",
     "- table s.t constraint k definition FOREIGN KEY (a, b) REFERENCES s.p(a, b)\n"
     "+ table s.t constraint k definition FOREIGN KEY (a, b) REFERENCES s.p(a, b) MATCH FULL ON UPDATE CASCADE "
     "ON DELETE SET NULL (b)"},
    {"deferrable", "CREATE TABLE s.t (a int PRIMARY KEY, b int CONSTRAINT k REFERENCES s.t)",
     "ALTER TABLE s.t ALTER CONSTRAINT k DEFERRABLE", "+ table s.t constraint k deferrable"},
    {"initially deferred", "CREATE TABLE s.t (a int PRIMARY KEY, b int CONSTRAINT k REFERENCES s.t DEFERRABLE)",
     "ALTER TABLE s.t ALTER CONSTRAINT k INITIALLY DEFERRED", "+ table s.t constraint k initially deferred"},
    {"not valid", "CREATE TABLE s.t (a int); ALTER TABLE s.t ADD CONSTRAINT k CHECK (a > 0) NOT VALID",
     "ALTER TABLE s.t VALIDATE CONSTRAINT k", "- table s.t constraint k not validated"},
    {"check", "CREATE TABLE s.t (a int, CONSTRAINT k CHECK (a > 0))",
     "ALTER TABLE s.t DROP CONSTRAINT k; ALTER TABLE s.t ADD CONSTRAINT k CHECK (a > 1)",
     "- table s.t constraint k definition CHECK ((a > 0))\n+ table s.t constraint k definition CHECK ((a > 1))"},
    {"no inherit", "CREATE TABLE s.t (a int, CONSTRAINT k CHECK (a > 0))",
     "ALTER TABLE s.t DROP CONSTRAINT k; ALTER TABLE s.t ADD CONSTRAINT k CHECK (a > 0) NO INHERIT",
     "+ table s.t constraint k without inheritance"},
    {"exclusion", "CREATE TABLE s.t (a int4range, CONSTRAINT k EXCLUDE USING gist (a WITH &&))",
     "ALTER TABLE s.t DROP CONSTRAINT k; ALTER TABLE s.t ADD CONSTRAINT k EXCLUDE USING gist (a WITH &&) WHERE (NOT "
     "isempty(a))",
     "- table s.t constraint k definition EXCLUDE USING gist (a WITH &&)\n"
     "+ table s.t constraint k definition EXCLUDE USING gist (a WITH &&) WHERE ((NOT isempty(a)))\n"
     "+ table s.t index k where (NOT isempty(a))"},
    {"inherited constraint declared again",
     "CREATE TABLE s.p (a int, CONSTRAINT k CHECK (a > 0)); CREATE TABLE s.t () INHERITS (s.p)",
     "ALTER TABLE s.t ADD CONSTRAINT k CHECK (a > 0)", "- table s.t constraint k not declared here"},
    {"inheritance of a constraint",
     "CREATE TABLE s.p (a int); CREATE TABLE s.t (CONSTRAINT k CHECK (a > 0)) INHERITS (s.p)",
     "ALTER TABLE s.p ADD CONSTRAINT k CHECK (a > 0)", "+ table s.p constraint k\n+ table s.t constraint k inherited"},
    {"comment", "CREATE TABLE s.t (a int, CONSTRAINT k CHECK (a > 0))", "COMMENT ON CONSTRAINT k ON s.t IS 'why'",
     "+ table s.t constraint k comment why"},
};

constexpr AttributeCase index_cases[] = {
    {"existence", "CREATE TABLE s.t (a int)", "CREATE INDEX i ON s.t (a)", "+ table s.t index i"},
    {"uniqueness", "CREATE TABLE s.t (a int); CREATE INDEX i ON s.t (a)",
     "DROP INDEX s.i; CREATE UNIQUE INDEX i ON s.t (a)", "+ table s.t index i unique"},
    {"definition", "CREATE TABLE s.t (a text); CREATE INDEX i ON s.t (a)",
     "DROP INDEX s.i; CREATE INDEX i ON s.t (lower(a) COLLATE \"C\" text_pattern_ops DESC NULLS LAST)",
     "- table s.t index i definition USING btree (a)\n+ table s.t index i definition USING btree (lower(a) COLLATE "
     "\"C\" "
     "text_pattern_ops DESC NULLS LAST)"},
    {"options", "CREATE TABLE s.t (a int); CREATE INDEX i ON s.t (a)", "ALTER INDEX s.i SET (fillfactor = 70)",
     "+ table s.t index i option fillfactor=70"},
    {"predicate", "CREATE TABLE s.t (a int); CREATE INDEX i ON s.t (a) WITH (fillfactor = 70) WHERE a > 1",
     "DROP INDEX s.i; CREATE INDEX i ON s.t (a) WITH (fillfactor = 70) WHERE a > 2",
     "- table s.t index i where (a > 1)\n+ table s.t index i where (a > 2)"},
    {"validity on a partitioned table",
     "CREATE TABLE s.t (a int) PARTITION BY LIST (a); CREATE TABLE s.u PARTITION OF s.t DEFAULT;"
     "CREATE INDEX i ON ONLY s.t (a); CREATE INDEX j ON s.u (a)",
     "ALTER INDEX s.i ATTACH PARTITION s.j", "- table s.t index i invalid\n+ table s.u index j partition of s.i"},
    {"clustered", "CREATE TABLE s.t (a int); CREATE INDEX i ON s.t (a)", "ALTER TABLE s.t CLUSTER ON i",
     "+ table s.t index i clustered"},
    {"statistics of an expression", "CREATE TABLE s.t (a int); CREATE INDEX i ON s.t (a, (a + 1))",
     "ALTER INDEX s.i ALTER COLUMN 2 SET STATISTICS 500", "+ table s.t index i statistics 2 500"},
    {"comment", "CREATE TABLE s.t (a int PRIMARY KEY)", "COMMENT ON INDEX s.t_pkey IS 'why'",
     "+ table s.t index t_pkey comment why"},
};

constexpr AttributeCase part_cases[] = {
    {"trigger",
     "CREATE TABLE s.t (a int); CREATE TRIGGER g BEFORE INSERT ON s.t EXECUTE FUNCTION "
     "suppress_redundant_updates_trigger()",
     "DROP TRIGGER g ON s.t; CREATE TRIGGER g BEFORE UPDATE OF a ON s.t FOR EACH ROW EXECUTE FUNCTION "
     "suppress_redundant_updates_trigger()",
     "- table s.t trigger g definition CREATE TRIGGER g BEFORE INSERT ON s.t FOR EACH STATEMENT EXECUTE FUNCTION "
     "suppress_redundant_updates_trigger()\n"
     "+ table s.t trigger g definition CREATE TRIGGER g BEFORE UPDATE OF a ON s.t FOR EACH ROW EXECUTE FUNCTION "
     "suppress_redundant_updates_trigger()"},
    {"firing of a trigger",
     "CREATE TABLE s.t (a int); CREATE TRIGGER g BEFORE UPDATE ON s.t FOR EACH ROW EXECUTE FUNCTION "
     "suppress_redundant_updates_trigger()",
     "ALTER TABLE s.t ENABLE ALWAYS TRIGGER g", "+ table s.t trigger g fires always"},
    {"firing of a partition's trigger",
     "CREATE TABLE s.t (a int) PARTITION BY LIST (a); CREATE TABLE s.u PARTITION OF s.t DEFAULT; CREATE TRIGGER g "
     "BEFORE "
     "UPDATE ON s.t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
     "ALTER TABLE s.u DISABLE TRIGGER g", "+ table s.u trigger g fires never"},
    {"trigger of a partition",
     "CREATE TABLE s.t (a int) PARTITION BY LIST (a); CREATE TABLE s.u PARTITION OF s.t DEFAULT; CREATE TRIGGER g "
     "BEFORE "
     "UPDATE ON s.u FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
     "DROP TRIGGER g ON s.u; CREATE TRIGGER g BEFORE UPDATE ON s.t FOR EACH ROW EXECUTE FUNCTION "
     "suppress_redundant_updates_trigger()",
     "+ table s.t trigger g\n+ table s.u trigger g inherited"},
    {"comment on a trigger",
     "CREATE TABLE s.t (a int); CREATE TRIGGER g BEFORE INSERT ON s.t EXECUTE FUNCTION "
     "suppress_redundant_updates_trigger()",
     "COMMENT ON TRIGGER g ON s.t IS 'why'", "+ table s.t trigger g comment why"},
    {"policy's command", "CREATE TABLE s.t (a int); CREATE POLICY p ON s.t USING (a > 0)",
     "DROP POLICY p ON s.t; CREATE POLICY p ON s.t FOR SELECT USING (a > 0)",
     "- table s.t policy p for ALL\n+ table s.t policy p for SELECT"},
    {"policy's kind", "CREATE TABLE s.t (a int); CREATE POLICY p ON s.t USING (a > 0)",
     "DROP POLICY p ON s.t; CREATE POLICY p ON s.t AS RESTRICTIVE USING (a > 0)", "+ table s.t policy p restrictive"},
    {"policy's roles", "CREATE TABLE s.t (a int); CREATE POLICY p ON s.t USING (a > 0)",
     "ALTER POLICY p ON s.t TO reader, \"Other Role\"",
     "+ table s.t policy p to \"Other Role\"\n+ table s.t policy p to reader"},
    {"policy's using", "CREATE TABLE s.t (a int); CREATE POLICY p ON s.t USING (a > 0)",
     "ALTER POLICY p ON s.t USING (a > 1)", "- table s.t policy p using (a > 0)\n+ table s.t policy p using (a > 1)"},
    {"policy's check", "CREATE TABLE s.t (a int); CREATE POLICY p ON s.t USING (a > 0)",
     "ALTER POLICY p ON s.t WITH CHECK (a > 1)", "+ table s.t policy p check (a > 1)"},
    {"comment on a policy", "CREATE TABLE s.t (a int); CREATE POLICY p ON s.t USING (a > 0)",
     "COMMENT ON POLICY p ON s.t IS 'why'", "+ table s.t policy p comment why"},
    {"rule", "CREATE TABLE s.t (a int); CREATE RULE r AS ON DELETE TO s.t DO INSTEAD NOTHING",
     "CREATE OR REPLACE RULE r AS ON DELETE TO s.t WHERE old.a > 1 DO INSTEAD NOTHING",
     "- table s.t rule r definition CREATE RULE r AS\\n    ON DELETE TO s.t DO INSTEAD NOTHING\n"
     "+ table s.t rule r definition CREATE RULE r AS\\n    ON DELETE TO s.t\\n   WHERE (old.a > 1) DO INSTEAD NOTHING"},
    {"firing of a rule", "CREATE TABLE s.t (a int); CREATE RULE r AS ON DELETE TO s.t DO INSTEAD NOTHING",
     "ALTER TABLE s.t ENABLE REPLICA RULE r", "+ table s.t rule r fires on replicas"},
    {"comment on a rule", "CREATE TABLE s.t (a int); CREATE RULE r AS ON DELETE TO s.t DO INSTEAD NOTHING",
     "COMMENT ON RULE r ON s.t IS 'why'", "+ table s.t rule r comment why"},
};

TEST_F(AttributeTest, of_a_table) {
    for (const auto& one : table_cases) check(one);
}
TEST_F(AttributeTest, of_a_column) {
    for (const auto& one : column_cases) check(one);
}
TEST_F(AttributeTest, of_a_constraint) {
    for (const auto& one : constraint_cases) check(one);
}
TEST_F(AttributeTest, of_an_index) {
    for (const auto& one : index_cases) check(one);
}
TEST_F(AttributeTest, of_a_trigger_policy_or_rule) {
    for (const auto& one : part_cases) check(one);
}

}  // namespace
}  // namespace haetae::catalog
