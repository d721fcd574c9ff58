package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Principal;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.api.PreparedPlan;
import io.kadedb.executor.api.QueryProfile;
import io.kadedb.executor.api.QueryResult;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs statements that write rows to their end, in a transaction. Belongs to the session's thread. */
final class ModificationRunner {
    private final Services services;
    private final Principal principal;
    private final SessionSettings settings;
    private final RunContexts contexts;
    private final DefinitionRunner definitions;

    ModificationRunner(
            Services services,
            Principal principal,
            SessionSettings settings,
            RunContexts contexts,
            DefinitionRunner definitions) {
        this.services = services;
        this.principal = principal;
        this.settings = settings;
        this.contexts = contexts;
        this.definitions = definitions;
    }

    /** @param prepared what was made ready of the plan */
    Portal run(PlannedStatement.Modification modification, @Nullable PreparedPlan prepared, StatementRun run) {
        if (modification.returns()) {
            return returning(modification, run);
        }
        long rows = count(modification.plan(), prepared, modification.parameterTypes(), run, null);
        return CompletedPortal.modified(modification.verb(), rows);
    }

    /** Makes a table and gives the number of rows it was filled with. */
    long createTableAs(
            PlannedStatement.CreateTableAs create, StatementRun run, @Nullable Consumer<QueryProfile> profile) {
        ActiveTransaction transaction = run.transaction();
        String schema = create.table().schema();
        if (CatalogSnapshot.isTemporary(schema)
                && !transaction.catalog().schemas().containsKey(schema)) {
            definitions.apply(transaction, new CatalogChange.CreateSchema(schema, principal.user()));
        }
        definitions.apply(transaction, new CatalogChange.CreateTable(create.table()));
        TableDefinition table = transaction
                .catalog()
                .table(schema, create.table().name())
                .orElseThrow(() -> KadeException.internal("a table just created is not in the catalog", null));
        return count(insertInto(table, create.source()), null, create.parameterTypes(), run, profile);
    }

    static PhysicalPlan.Modify insertInto(TableDefinition table, PhysicalPlan source) {
        return PhysicalPlan.Modify.counting(
                new PhysicalPlan.TableRef(table.id(), table.schema(), table.name(), table.schemaVersion()),
                PhysicalPlan.Modify.Operation.INSERT,
                source);
    }

    /** Runs a modification to its end and keeps the rows it returns. */
    private Portal returning(PlannedStatement.Modification modification, StatementRun run) {
        ReturnedRows rows = new ReturnedRows(settings.memoryLimitBytes());
        runToEnd(modification.plan(), null, modification.parameterTypes(), run, null, rows::add);
        return CompletedPortal.returned(modification.verb(), rows.count(), modification.columns(), rows.batches());
    }

    /** Runs a modification to its end and gives the number of rows it wrote. */
    private long count(
            PhysicalPlan plan,
            @Nullable PreparedPlan prepared,
            List<SqlType> types,
            StatementRun run,
            @Nullable Consumer<QueryProfile> profile) {
        long[] rows = new long[1];
        runToEnd(plan, prepared, types, run, profile, batch -> {
            for (int i = 0; i < batch.length(); i++) {
                rows[0] += batch.column(0).data().get(ColumnVector.INT64, 8L * i);
            }
        });
        return rows[0];
    }

    /** Runs a modification for what it does, and tells how. */
    void profile(PlannedStatement.Modification modification, StatementRun run, Consumer<QueryProfile> profile) {
        runToEnd(modification.plan(), null, modification.parameterTypes(), run, profile, batch -> {});
    }

    private void runToEnd(
            PhysicalPlan plan,
            @Nullable PreparedPlan prepared,
            List<SqlType> types,
            StatementRun run,
            @Nullable Consumer<QueryProfile> profile,
            Consumer<Batch> rows) {
        try (QueryResult result = prepared == null
                ? services.executor().execute(plan, contexts.of(run, types))
                : prepared.execute(contexts.of(run, types))) {
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                rows.accept(batch);
            }
            if (profile != null) {
                profile.accept(result.profile());
            }
        }
        run.transaction().storage().endStatement();
    }
}
