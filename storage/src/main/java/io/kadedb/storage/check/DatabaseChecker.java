package io.kadedb.storage.check;

import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.MaterializedQuery;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.storage.api.CheckResult;
import io.kadedb.storage.api.DatabaseCheck;
import io.kadedb.storage.api.IndexExpressions;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.catalog.CatalogCheck;
import io.kadedb.storage.format.v1.KeyHash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks one thing after another: what lies beneath the keys, the catalog, each table with its indexes, and what is left. */
public final class DatabaseChecker implements DatabaseCheck {
    private final CheckSnapshot snapshot;
    private final OptionalLong only;
    private final Deque<Supplier<List<CheckResult>>> steps = new ArrayDeque<>();
    private final List<byte[]> data = new ArrayList<>();
    private final Map<Long, Long> rowIds = new HashMap<>();
    private final Set<Long> tables = new HashSet<>();
    private final Set<Long> aggregates = new HashSet<>();
    private long greatestBatch;

    /**
     * Begins a check of the newest version.
     *
     * @param table the id of the only table to check, with its indexes
     */
    public DatabaseChecker(
            KeySpace keySpace,
            MemoryPool memory,
            KeyHash hash,
            IndexExpressions expressions,
            OptionalLong table,
            CancelToken token) {
        this.snapshot = new CheckSnapshot(keySpace, memory, hash, expressions, token);
        this.only = table;
        if (table.isEmpty()) {
            steps.add(() -> {
                Problems problems = new Problems("files", "");
                keySpace.check(snapshot::checkpoint, problems::add);
                return problems.results();
            });
        }
        steps.add(this::catalog);
    }

    private List<CheckResult> catalog() {
        CatalogCheck catalog = new CatalogCheck(snapshot.reads());
        for (TableDefinition table : catalog.tables().values()) {
            if (only.isEmpty() || only.getAsLong() == table.id()) {
                table(table, catalog.tables());
            }
            tables.add(table.storageId());
            if (table.materialized().flatMap(MaterializedQuery::continuous).isPresent()) {
                aggregates.add(table.id());
            }
            table.indexes().forEach(index -> tables.add(index.id()));
        }
        if (only.isPresent()) {
            return List.of();
        }
        for (SequenceDefinition sequence : catalog.sequences().values()) {
            steps.add(step(
                    "sequence",
                    sequence.qualifiedName(),
                    problems -> new CounterCheck(snapshot, problems).sequence(sequence)));
        }
        steps.add(step(
                "counters",
                "",
                problems -> new CounterCheck(snapshot, problems).ids(catalog.greatestId(), greatestBatch, rowIds)));
        if (catalog.isComplete()) {
            steps.add(step(
                    "leftovers",
                    "",
                    problems -> new LeftoverCheck(snapshot, tables, aggregates, data, problems).run()));
        }
        return catalog.results();
    }

    private static Supplier<List<CheckResult>> step(String kind, String object, Consumer<Problems> check) {
        return () -> {
            Problems problems = new Problems(kind, object);
            problems.guard("it", () -> check.accept(problems));
            return problems.results();
        };
    }

    private void table(TableDefinition table, Map<Long, TableDefinition> all) {
        steps.add(step("table", table.qualifiedName(), problems -> {
            long greatest = contents(table, problems);
            rowIds.merge(table.storageId(), greatest, Math::max);
        }));
        for (IndexDefinition index : table.indexes()) {
            String name = index.name() + " of " + table.qualifiedName();
            steps.add(step("index", name, problems -> {
                IndexCheck check = new IndexCheck(snapshot, table, index, problems);
                contents(check.index().table(), problems);
                if (index.isPublic()) {
                    check.run();
                }
            }));
        }
        for (ForeignKeyDefinition key : table.foreignKeys()) {
            Optional.ofNullable(all.get(key.referencedTable()))
                    .filter(referenced -> key.valid())
                    .ifPresent(referenced -> steps.add(step(
                            "foreign key",
                            key.name() + " of " + table.qualifiedName(),
                            problems -> new ReferenceCheck(snapshot, table, key, referenced, problems).run())));
        }
    }

    /** Checks what a table or index holds, and gives the greatest row id that it has. */
    private long contents(TableDefinition table, Problems problems) {
        StructureCheck structure = new StructureCheck(snapshot, table, problems);
        structure.run();
        data.addAll(structure.data());
        greatestBatch = Math.max(greatestBatch, structure.greatestBatch());
        problems.rows(new RowCheck(snapshot, table, problems).run());
        return structure.greatestRowId();
    }

    @Override
    public @Nullable List<CheckResult> next() {
        Supplier<List<CheckResult>> step = steps.poll();
        return step == null ? null : step.get();
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
