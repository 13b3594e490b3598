// SPDX-License-Identifier: Apache-2.0
// What is there but not in the model, by name. Objects without a schema (languages, publications, event triggers …) are
// named when everything is read, and else when they hang on an object of the schemas.
#include <algorithm>

#include "catalog/kinds.hpp"

namespace haetae::catalog {

namespace {

constexpr std::string_view query = R"(,
candidate AS (
  SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass AS classid, oid, oprnamespace AS schema FROM pg_catalog.pg_operator
  UNION ALL SELECT 'pg_catalog.pg_opclass'::pg_catalog.regclass, oid, opcnamespace FROM pg_catalog.pg_opclass
  UNION ALL SELECT 'pg_catalog.pg_opfamily'::pg_catalog.regclass, oid, opfnamespace FROM pg_catalog.pg_opfamily
  UNION ALL SELECT 'pg_catalog.pg_collation'::pg_catalog.regclass, oid, collnamespace FROM pg_catalog.pg_collation
  UNION ALL SELECT 'pg_catalog.pg_conversion'::pg_catalog.regclass, oid, connamespace FROM pg_catalog.pg_conversion
  UNION ALL SELECT 'pg_catalog.pg_ts_config'::pg_catalog.regclass, oid, cfgnamespace FROM pg_catalog.pg_ts_config
  UNION ALL SELECT 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, oid, dictnamespace FROM pg_catalog.pg_ts_dict
  UNION ALL SELECT 'pg_catalog.pg_ts_parser'::pg_catalog.regclass, oid, prsnamespace FROM pg_catalog.pg_ts_parser
  UNION ALL SELECT 'pg_catalog.pg_ts_template'::pg_catalog.regclass, oid, tmplnamespace FROM pg_catalog.pg_ts_template
  UNION ALL SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, oid, relnamespace FROM pg_catalog.pg_class
    WHERE relkind NOT IN ('r', 'p', 'v', 'm', 'S', 'i', 'I', 'c', 't')
  UNION ALL SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, t.typnamespace FROM pg_catalog.pg_type AS t
    WHERE t.typtype NOT IN ('c', 'd', 'e', 'r', 'm')
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_type AS el WHERE el.typarray = t.oid)
  UNION ALL SELECT 'pg_catalog.pg_cast'::pg_catalog.regclass, oid, 0 FROM pg_catalog.pg_cast
  UNION ALL SELECT 'pg_catalog.pg_language'::pg_catalog.regclass, oid, 0 FROM pg_catalog.pg_language
  UNION ALL SELECT 'pg_catalog.pg_am'::pg_catalog.regclass, oid, 0 FROM pg_catalog.pg_am
  UNION ALL SELECT 'pg_catalog.pg_transform'::pg_catalog.regclass, oid, 0 FROM pg_catalog.pg_transform
  UNION ALL SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, oid, 0
    FROM pg_catalog.pg_foreign_data_wrapper
  UNION ALL SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, oid, 0 FROM pg_catalog.pg_foreign_server
  UNION ALL SELECT 'pg_catalog.pg_event_trigger'::pg_catalog.regclass, e.oid, 0 FROM pg_catalog.pg_event_trigger AS e
    JOIN pg_catalog.pg_proc AS p ON p.oid = e.evtfoid, scope WHERE p.pronamespace <> ALL (scope.hidden)
  UNION ALL SELECT 'pg_catalog.pg_publication'::pg_catalog.regclass, oid, 0 FROM pg_catalog.pg_publication),
inside AS (
  SELECT 'pg_catalog.pg_class'::pg_catalog.regclass AS classid, c.oid
    FROM scope, pg_catalog.pg_class AS c WHERE c.relnamespace = ANY (scope.schemas)
  UNION ALL SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid
    FROM scope, pg_catalog.pg_proc AS p WHERE p.pronamespace = ANY (scope.schemas)
  UNION ALL SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid
    FROM scope, pg_catalog.pg_type AS t WHERE t.typnamespace = ANY (scope.schemas)),
hanging AS (
  SELECT d.classid, d.objid FROM pg_catalog.pg_depend AS d
    JOIN inside ON inside.classid = d.refclassid AND inside.oid = d.refobjid
  UNION SELECT 'pg_catalog.pg_publication'::pg_catalog.regclass, r.prpubid FROM pg_catalog.pg_publication_rel AS r
    JOIN inside ON inside.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND inside.oid = r.prrelid {schema_wide}
  UNION SELECT 'pg_catalog.pg_publication'::pg_catalog.regclass, p.oid FROM pg_catalog.pg_publication AS p
    WHERE p.puballtables)
SELECT o.type, o.identity
FROM scope, candidate AS c CROSS JOIN LATERAL pg_catalog.pg_identify_object(c.classid, c.oid, 0) AS o
WHERE c.oid >= 16384
  AND (c.schema = ANY (scope.schemas)
       OR (c.schema = 0 AND (scope.everything OR (c.classid, c.oid) IN (SELECT classid, objid FROM hanging))))
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS e
                  WHERE e.classid = c.classid AND e.objid = c.oid AND e.deptype IN ('e', 'i'))
UNION ALL
SELECT 'security label', l.provider || ' ' || o.type || ' ' || o.identity
FROM scope, pg_catalog.pg_seclabel AS l
CROSS JOIN LATERAL pg_catalog.pg_identify_object(l.classoid, l.objoid, l.objsubid) AS o
WHERE scope.everything OR (l.classoid, l.objoid) IN (SELECT classid, oid FROM inside)
UNION ALL
SELECT 'subscription', pg_catalog.quote_ident(s.subname)
FROM scope, pg_catalog.pg_subscription AS s JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid
WHERE scope.everything AND d.datname = pg_catalog.current_database()
UNION ALL
SELECT 'user mapping', pg_catalog.quote_ident(m.usename) || ' on server ' || pg_catalog.quote_ident(m.srvname)
FROM scope, pg_catalog.pg_user_mappings AS m WHERE scope.everything)";

constexpr Part schema_wide{.name = "schema_wide",
                           .since = 150000,
                           .text = R"(
  UNION SELECT 'pg_catalog.pg_publication'::pg_catalog.regclass, n.pnpubid
    FROM scope, pg_catalog.pg_publication_namespace AS n WHERE n.pnnspid = ANY (scope.schemas))",
                           .before = ""};

}  // namespace

base::Status read_unmodelled(Scope& scope) {
    auto answer = TRY(scope.ask(query, Class::relation, {schema_wide}));
    auto& unmodelled = scope.database.unmodelled;
    while (answer.next()) {
        model::Unmodelled object{.kind = answer.text()};
        object.identity = answer.text();
        unmodelled.push_back(std::move(object));
    }
    std::sort(unmodelled.begin(), unmodelled.end());
    return base::Done{};
}

}  // namespace haetae::catalog
