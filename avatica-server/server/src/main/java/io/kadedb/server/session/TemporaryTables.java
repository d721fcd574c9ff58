package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.IsolationLevel;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.Store;
import io.kadedb.storage.api.TransactionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Temporary tables: tables in a schema that belongs to one session. They lie in the store like others, so they may be large
 * and are part of transactions; what a process leaves behind is removed when the database is opened next.
 */
public final class TemporaryTables {
    private static final int MAX_ATTEMPTS = 100;

    private TemporaryTables() {}

    /** Removes those of all sessions, of which there are none yet. */
    public static void clear(Store store) {
        drop(store, CatalogSnapshot::isTemporary);
    }

    /** Removes those of a session. */
    static void drop(Store store, String session) {
        drop(store, CatalogSnapshot.temporarySchema(session)::equals);
    }

    private static void drop(Store store, Predicate<String> schemas) {
        for (int attempt = 1; ; attempt++) {
            try (SqlTransaction transaction =
                    store.begin(new TransactionOptions(IsolationLevel.SERIALIZABLE, "temporary tables"))) {
                List<String> found = transaction.catalog().schemas().keySet().stream()
                        .filter(schemas)
                        .toList();
                if (found.isEmpty()) {
                    return;
                }
                found.forEach(schema -> transaction.apply(new CatalogChange.DropSchema(schema, true)));
                transaction.commit();
                return;
            } catch (KadeException e) {
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Removes those of the session within its transaction. */
    static void drop(ActiveTransaction transaction) {
        own(transaction.catalog())
                .ifPresent(schema -> transaction.storage().apply(new CatalogChange.DropSchema(schema.name(), true)));
    }

    /** Removes the tables that go with the end of the transaction; gives those that only their rows leave. */
    static List<TableDefinition> atCommit(ActiveTransaction transaction) {
        List<TableDefinition> emptied = new ArrayList<>();
        own(transaction.catalog()).ifPresent(schema -> {
            for (TableDefinition table : List.copyOf(schema.tables().values())) {
                if (table.onCommit().equals(Optional.of(TableDefinition.OnCommit.DROP))) {
                    transaction.storage().apply(new CatalogChange.DropTable(table.schema(), table.name()));
                } else if (table.onCommit().equals(Optional.of(TableDefinition.OnCommit.DELETE_ROWS))) {
                    emptied.add(table);
                }
            }
        });
        return emptied;
    }

    private static Optional<SchemaDefinition> own(CatalogSnapshot catalog) {
        return catalog.schema(CatalogSnapshot.TEMPORARY_ALIAS);
    }
}
