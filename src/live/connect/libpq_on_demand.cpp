// SPDX-License-Identifier: Apache-2.0
// libpq brings Kerberos, LDAP and TLS with it, which takes longer to load than most verbs take to run; so it is loaded
// by the first call that needs it. Each of its functions that this room calls stands here under its own name.
#include <dlfcn.h>
#include <libpq-fe.h>

#include "base/bug.hpp"

namespace {

void* address_of(const char* name) {
    static void* const library = ::dlopen("libpq.so.5", RTLD_LAZY | RTLD_LOCAL);
    BUG_IF(library == nullptr, "libpq.so.5, which haetae's package depends on, cannot be loaded");
    void* const address = ::dlsym(library, name);
    BUG_IF(address == nullptr, "libpq.so.5 lacks a function that it has since PostgreSQL 10");
    return address;
}

}  // namespace

#define ON_DEMAND(result, name, parameters, arguments)                                     \
    result name parameters {                                                               \
        static const auto function = reinterpret_cast<decltype(&name)>(address_of(#name)); \
        return function arguments;                                                         \
    }

extern "C" {
ON_DEMAND(int, PQbackendPID, (const PGconn* connection), (connection))
ON_DEMAND(int, PQcancel, (PGcancel * cancel, char* error, int size), (cancel, error, size))
ON_DEMAND(void, PQclear, (PGresult * rows), (rows))
ON_DEMAND(char*, PQcmdStatus, (PGresult * rows), (rows))
ON_DEMAND(PQconninfoOption*, PQconndefaults, (), ())
ON_DEMAND(PostgresPollingStatusType, PQconnectPoll, (PGconn * connection), (connection))
ON_DEMAND(PGconn*, PQconnectStartParams, (const char* const* names, const char* const* values, int expand),
          (names, values, expand))
ON_DEMAND(int, PQconnectionNeedsPassword, (const PGconn* connection), (connection))
ON_DEMAND(int, PQconnectionUsedPassword, (const PGconn* connection), (connection))
ON_DEMAND(PQconninfoOption*, PQconninfo, (PGconn * connection), (connection))
ON_DEMAND(void, PQconninfoFree, (PQconninfoOption * options), (options))
ON_DEMAND(int, PQconsumeInput, (PGconn * connection), (connection))
ON_DEMAND(char*, PQerrorMessage, (const PGconn* connection), (connection))
ON_DEMAND(char*, PQencryptPasswordConn,
          (PGconn * connection, const char* password, const char* user, const char* algorithm),
          (connection, password, user, algorithm))
ON_DEMAND(void, PQfinish, (PGconn * connection), (connection))
ON_DEMAND(int, PQflush, (PGconn * connection), (connection))
ON_DEMAND(void, PQfreeCancel, (PGcancel * cancel), (cancel))
ON_DEMAND(void, PQfreemem, (void* memory), (memory))
ON_DEMAND(PGcancel*, PQgetCancel, (PGconn * connection), (connection))
ON_DEMAND(int, PQgetCopyData, (PGconn * connection, char** buffer, int async), (connection, buffer, async))
ON_DEMAND(PGresult*, PQgetResult, (PGconn * connection), (connection))
ON_DEMAND(int, PQgetisnull, (const PGresult* rows, int row, int column), (rows, row, column))
ON_DEMAND(int, PQgetlength, (const PGresult* rows, int row, int column), (rows, row, column))
ON_DEMAND(char*, PQgetvalue, (const PGresult* rows, int row, int column), (rows, row, column))
ON_DEMAND(int, PQgssEncInUse, (PGconn * connection), (connection))
ON_DEMAND(int, PQisBusy, (PGconn * connection), (connection))
ON_DEMAND(int, PQlibVersion, (), ())
ON_DEMAND(int, PQnfields, (const PGresult* rows), (rows))
ON_DEMAND(int, PQntuples, (const PGresult* rows), (rows))
ON_DEMAND(int, PQputCopyEnd, (PGconn * connection, const char* error), (connection, error))
ON_DEMAND(char*, PQresultErrorField, (const PGresult* rows, int code), (rows, code))
ON_DEMAND(char*, PQresultErrorMessage, (const PGresult* rows), (rows))
ON_DEMAND(ExecStatusType, PQresultStatus, (const PGresult* rows), (rows))
ON_DEMAND(int, PQsendQuery, (PGconn * connection, const char* sql), (connection, sql))
ON_DEMAND(int, PQsendQueryParams,
          (PGconn * connection, const char* sql, int count, const Oid* types, const char* const* values,
           const int* lengths, const int* formats, int format),
          (connection, sql, count, types, values, lengths, formats, format))
ON_DEMAND(int, PQserverVersion, (const PGconn* connection), (connection))
ON_DEMAND(PGVerbosity, PQsetErrorVerbosity, (PGconn * connection, PGVerbosity verbosity), (connection, verbosity))
ON_DEMAND(PQnoticeReceiver, PQsetNoticeReceiver, (PGconn * connection, PQnoticeReceiver receiver, void* subject),
          (connection, receiver, subject))
ON_DEMAND(int, PQsetnonblocking, (PGconn * connection, int on), (connection, on))
ON_DEMAND(int, PQsocket, (const PGconn* connection), (connection))
ON_DEMAND(const char*, PQsslAttribute, (PGconn * connection, const char* name), (connection, name))
ON_DEMAND(int, PQsslInUse, (PGconn * connection), (connection))
ON_DEMAND(ConnStatusType, PQstatus, (const PGconn* connection), (connection))
ON_DEMAND(PGTransactionStatusType, PQtransactionStatus, (const PGconn* connection), (connection))
}
