package io.kadedb.server.session;

import io.kadedb.common.catalog.BucketRanges;
import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.MissingValue;
import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.executor.api.QueryResult;
import io.kadedb.parser.SqlParser;
import io.kadedb.planner.api.AlterationStep;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.MissingValues;
import io.kadedb.storage.api.SqlTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the steps of ALTER TABLE in a transaction. Belongs to the session's thread. */
final class AlterationRunner {
    private final Services services;
    private final Supplier<PlanningContext> planning;
    private final Function<List<SqlType>, QueryContext> contexts;

    AlterationRunner(
            Services services, Supplier<PlanningContext> planning, Function<List<SqlType>, QueryContext> contexts) {
        this.services = services;
        this.planning = planning;
        this.contexts = contexts;
    }

    void run(PlannedStatement.Alteration alteration) {
        for (AlterationStep step : alteration.steps()) {
            switch (step) {
                case AlterationStep.Change change -> transaction().apply(change.change());
                case AlterationStep.Redefine redefine -> redefine(redefine);
                case AlterationStep.Rewrite rewrite -> rewrite(rewrite);
                case AlterationStep.ForbidNulls forbid -> forbidNulls(forbid);
                case AlterationStep.Verify verify -> verify(verify);
                case AlterationStep.Refresh refresh -> {
                    TableDefinition view = stored(refresh.schema(), refresh.view());
                    fill(populated(view, true), refresh.rows().apply(view, planning.get()));
                }
                case AlterationStep.Compute compute -> compute(compute);
                case AlterationStep.Empty empty -> empty(stored(empty.schema(), empty.view()));
                case AlterationStep.DropPartitions drop -> drop(drop);
                case AlterationStep.DropExpired drop -> drop(drop);
            }
        }
        transaction().endStatement();
    }

    private SqlTransaction transaction() {
        return context().transaction();
    }

    private QueryContext context() {
        return contexts.apply(List.of());
    }

    private void redefine(AlterationStep.Redefine redefine) {
        List<ColumnDefinition> columns = new ArrayList<>();
        for (ColumnDefinition column : redefine.table().columns()) {
            PhysicalPlan value = redefine.missing().get(column.id());
            columns.add(value == null ? column : column.withMissing(missing(column, value)));
        }
        transaction().apply(new CatalogChange.ReplaceTable(redefine.table().withColumns(columns)));
    }

    private Optional<MissingValue> missing(ColumnDefinition column, PhysicalPlan value) {
        try (QueryResult result = services.executor().execute(value, context())) {
            Batch batch = result.next();
            if (batch == null) {
                throw KadeException.internal("a default is no row", null);
            }
            return MissingValues.of(column.type(), batch.column(0), 0);
        }
    }

    /** Fills a shadow of the table, which then takes its place. */
    private void rewrite(AlterationStep.Rewrite rewrite) {
        fill(rewrite.table(), rewrite.rows().apply(planning.get()));
    }

    private static TableDefinition populated(TableDefinition view, boolean populated) {
        return view.withMaterialized(view.materialized().map(made -> made.withPopulated(populated)));
    }

    /** Removes an aggregate's rows of changed buckets and puts those in their place that its query gives now. */
    private void compute(AlterationStep.Compute compute) {
        TableDefinition view = stored(compute.schema(), compute.view());
        if (compute.first()) {
            long source = view.continuous().orElseThrow().source();
            transaction().catalog().table(source).ifPresent(transaction()::relyOn);
        }
        BucketRanges changed = transaction().buckets().of(view);
        if (changed.isEmpty()) {
            return;
        }
        SqlTransaction.Savepoint before = transaction().savepoint();
        boolean done = false;
        try {
            write(compute.outdated().apply(view, planning.get()));
            write(ModificationRunner.insertInto(view, compute.rows().apply(view, planning.get())));
            transaction().buckets().computed(view, changed);
            done = true;
        } finally {
            if (done) {
                transaction().release(before);
            } else {
                transaction().rollbackTo(before);
            }
        }
    }

    private void write(PhysicalPlan modification) {
        try (QueryResult result = services.executor().execute(modification, context())) {
            while (result.next() != null) {
                context().cancel().checkpoint();
            }
        }
        transaction().endStatement();
    }

    private void empty(TableDefinition view) {
        boolean continuous = view.continuous().isPresent();
        String name = "emptying " + view.name() + " " + view.id();
        transaction().apply(new CatalogChange.CreateShadow(view.withName(view.schema(), name)));
        transaction().apply(new CatalogChange.SwapShadow(populated(view, continuous), name));
        if (continuous) {
            transaction().buckets().changed(view, BucketRanges.ALL);
        }
    }

    private void fill(TableDefinition table, PhysicalPlan rows) {
        String name = "rewriting " + table.name() + " " + table.id();
        transaction().relyOn(stored(table.schema(), table.name()));
        transaction()
                .apply(new CatalogChange.CreateShadow(table.withName(table.schema(), name)
                        .withChecks(List.of())
                        .withForeignKeys(List.of())));
        try (QueryResult result = services.executor()
                .execute(ModificationRunner.insertInto(stored(table.schema(), name), rows), context())) {
            while (result.next() != null) {
                context().cancel().checkpoint();
            }
        } catch (KadeException e) {
            throw e.code() == ErrorCode.UNIQUE_VIOLATION ? notUnique(e) : e;
        }
        transaction().endStatement();
        transaction().apply(new CatalogChange.SwapShadow(table, name));
    }

    /** What a row of its own would have been told, as the index is told that is built over all rows. */
    private static KadeException notUnique(KadeException duplicate) {
        return KadeException.of(
                        ErrorCode.UNIQUE_VIOLATION,
                        duplicate
                                .messageText()
                                .replace(
                                        "duplicate key value violates unique constraint",
                                        "could not create unique index"),
                        duplicate)
                .detail(duplicate
                        .detail()
                        .map(text -> text.replace(" already exists.", " is duplicated."))
                        .orElse(null));
    }

    private TableDefinition stored(String schema, String name) {
        return transaction()
                .catalog()
                .table(schema, name)
                .orElseThrow(() -> KadeException.internal("a table that is altered is not in the catalog", null));
    }

    private void forbidNulls(AlterationStep.ForbidNulls forbid) {
        TableDefinition table = stored(forbid.schema(), forbid.table());
        transaction()
                .apply(new CatalogChange.ReplaceTable(table.withColumns(table.columns().stream()
                        .map(column -> forbid.columns().contains(column.id()) ? column.withNullable(false) : column)
                        .toList())));
    }

    private void drop(AlterationStep.DropPartitions drop) {
        TableDefinition table = stored(drop.schema(), drop.table());
        RangePartitioning ranges = table.partitioning()
                .orElseThrow(() -> KadeException.internal("partitions of a table that has none", null));
        ColumnDefinition column = table.columns().get(table.ordinalOfId(ranges.columnId()));
        MissingValue value = missing(column, drop.value())
                .orElseThrow(() -> KadeException.of(
                        ErrorCode.NULL_VALUE_NOT_ALLOWED, "partitions are given by a value that is not NULL"));
        long partition = ranges.partition(column.type(), value.low());
        if (drop.before()) {
            transaction().partitions().drop(table, Long.MIN_VALUE, partition - 1);
        } else if (transaction().partitions().drop(table, partition, partition) == 0) {
            throw KadeException.of(
                    ErrorCode.UNDEFINED_OBJECT, "table \"" + table.name() + "\" has no partition for the value");
        }
    }

    private void drop(AlterationStep.DropExpired drop) {
        TableDefinition table = stored(drop.schema(), drop.table());
        table.partitioning()
                .map(ranges -> ranges.firstKept(
                        table.columns()
                                .get(table.ordinalOfId(ranges.columnId()))
                                .type(),
                        services.clock().wallMicros()))
                .ifPresent(first ->
                        first.ifPresent(kept -> transaction().partitions().drop(table, Long.MIN_VALUE, kept - 1)));
    }

    private void verify(AlterationStep.Verify verify) {
        PlannedStatement planned =
                services.planner().plan(new SqlParser().parse(verify.query()).getFirst(), planning.get());
        if (!(planned instanceof PlannedStatement.Query query)) {
            throw KadeException.internal("a verification is no query", null);
        }
        for (List<String> relation : verify.relations()) {
            transaction().relyOn(stored(relation.get(0), relation.get(1)));
        }
        try (QueryResult result = services.executor().execute(query.plan(), context())) {
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                if (batch.length() > 0) {
                    @Nullable String detail = TextValues.row(batch, 0).getFirst();
                    throw KadeException.of(verify.code(), verify.message()).detail(detail);
                }
            }
        }
    }
}
