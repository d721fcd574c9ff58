package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition.Action;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.ValueOrder;
import io.kadedb.storage.transaction.ForeignKeys.Reference;
import io.kadedb.storage.transaction.StatementSink.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a statement does to foreign keys. Keys that rows refer to are looked for as the rows are written, those of the
 * row's own table at the end; at the end too, what is done to referenced keys goes on to the rows that refer to them,
 * until nothing follows, and then what must not be refused is looked for. Owned by one thread.
 */
final class ReferentialStatement {
    private final TableTransaction transaction;
    private final ForeignKeys foreignKeys;
    private final Map<ForeignKeyDefinition, Own> own = new LinkedHashMap<>();
    private final Map<Cause, Followed> causes = new LinkedHashMap<>();
    private final Deque<Followed> waiting = new ArrayDeque<>();

    /** Keys that rows refer to in their own table. */
    private record Own(TableDefinition table, DistinctKeys keys) {}

    private record Cause(Reference reference, boolean update) {}

    /** Referenced keys that are gone; after an update with what they have become, row for row. */
    record Followed(Reference reference, boolean update, DistinctKeys old, List<ColumnBuffer> now) {
        Action action() {
            return update ? reference.key().onUpdate() : reference.key().onDelete();
        }
    }

    ReferentialStatement(TableTransaction transaction, ForeignKeys foreignKeys) {
        this.transaction = transaction;
        this.foreignKeys = foreignKeys;
    }

    /** Whether rows of the table have to be shown to {@link #wrote}. */
    boolean concerns(TableDefinition table) {
        return !table.foreignKeys().isEmpty() || !foreignKeys.to(table).isEmpty();
    }

    /** Takes rows that a sink is about to write. */
    void wrote(TableDefinition table, SentRows rows) {
        if (rows.kind() != Kind.DELETE) {
            table.foreignKeys().forEach(key -> referring(table, key, rows));
        }
        if (rows.kind() != Kind.INSERT) {
            foreignKeys.to(table).forEach(reference -> removed(table, reference, rows));
        }
    }

    private void referring(TableDefinition table, ForeignKeyDefinition foreign, SentRows rows) {
        List<Integer> ordinals =
                foreign.columns().stream().map(table::ordinalOfId).toList();
        List<ColumnBuffer> values = ordinals.stream().map(rows.columns()::get).toList();
        DistinctKeys keys = own.containsKey(foreign) ? own.get(foreign).keys : new DistinctKeys(types(table, ordinals));
        for (int row = 0; row < rows.rows(); row++) {
            int nulls = nulls(values, row);
            if (nulls > 0) {
                if (foreign.matchFull() && nulls < values.size()) {
                    throw ReferentialErrors.mixed(table, foreign);
                }
            } else if (rows.kind() != Kind.UPDATE || isChanged(rows, ordinals, row)) {
                keys.add(values, row);
            }
        }
        if (foreign.referencedTable() == table.id()) {
            own.putIfAbsent(foreign, new Own(table, keys));
        } else {
            check(table, foreign, keys);
        }
    }

    private void check(TableDefinition table, ForeignKeyDefinition foreign, DistinctKeys keys) {
        if (keys.size() == 0) {
            return;
        }
        TableDefinition referenced = referenced(foreign);
        int missing = ReferencedKeys.of(transaction, referenced, foreign).firstMissing(keys);
        if (missing >= 0) {
            throw ReferentialErrors.missing(table, foreign, referenced, keys, missing);
        }
    }

    private TableDefinition referenced(ForeignKeyDefinition foreign) {
        TableDefinition table = foreignKeys.tables().get(foreign.referencedTable());
        if (table == null) {
            throw io.kadedb.common.error.KadeException.internal(
                    "foreign key " + foreign.name() + " refers to no table", null);
        }
        return table;
    }

    private void removed(TableDefinition table, Reference reference, SentRows rows) {
        List<Integer> ordinals = reference.key().referencedColumns().stream()
                .map(table::ordinalOfId)
                .toList();
        List<ColumnBuffer> old = ordinals.stream().map(rows::old).toList();
        boolean update = rows.kind() == Kind.UPDATE;
        for (int row = 0; row < rows.rows(); row++) {
            if (nulls(old, row) > 0 || (update && !isChanged(rows, ordinals, row))) {
                continue;
            }
            Followed followed = causes.computeIfAbsent(new Cause(reference, update), cause -> {
                List<ColumnBuffer> now = new ArrayList<>();
                types(table, ordinals).forEach(type -> now.add(new ColumnBuffer(type)));
                Followed fresh = new Followed(reference, update, new DistinctKeys(types(table, ordinals)), now);
                waiting.add(fresh);
                return fresh;
            });
            if (followed.old.add(old, row) && update) {
                for (int i = 0; i < ordinals.size(); i++) {
                    followed.now.get(i).add(rows.columns().get(ordinals.get(i)), row);
                }
            }
        }
    }

    private static boolean isChanged(SentRows rows, List<Integer> ordinals, int row) {
        for (int ordinal : ordinals) {
            if (ValueOrder.compare(rows.old(ordinal), row, rows.columns().get(ordinal), row) != 0) {
                return true;
            }
        }
        return false;
    }

    private static int nulls(List<ColumnBuffer> values, int row) {
        int nulls = 0;
        for (ColumnBuffer column : values) {
            nulls += column.isNull(row) ? 1 : 0;
        }
        return nulls;
    }

    private static List<SqlType> types(TableDefinition table, List<Integer> ordinals) {
        return ordinals.stream()
                .map(ordinal -> table.columns().get(ordinal).type())
                .toList();
    }

    /** Does what follows and checks what is left, once all rows of the statement are written. */
    void finish() {
        List<Followed> refusing = new ArrayList<>();
        for (Followed followed = waiting.poll(); followed != null; followed = waiting.poll()) {
            causes.remove(new Cause(followed.reference, followed.update));
            if (followed.action().refuses()) {
                refusing.add(followed);
            } else {
                transaction.nextStep();
                new ReferentialAction(transaction, followed).run();
                if (followed.action() == Action.SET_DEFAULT) {
                    // The default may be the key that is gone.
                    refusing.add(followed);
                }
            }
        }
        refusing.forEach(this::refuse);
        own.forEach((foreign, keys) -> check(keys.table, foreign, keys.keys));
        own.clear();
    }

    private void refuse(Followed followed) {
        ForeignKeyDefinition foreign = followed.reference.key();
        boolean[] there = followed.action() == Action.RESTRICT
                ? new boolean[followed.old.size()]
                : ReferencedKeys.of(transaction, referenced(foreign), foreign).present(followed.old);
        new ReferencingRows(transaction, followed.reference).find(followed.old, List.of(), (batch, referencing) -> {
            for (int row = 0; row < batch.length(); row++) {
                int key = nulls(referencing, row) > 0 ? -1 : followed.old.find(referencing, row);
                if (key >= 0 && !there[key]) {
                    throw ReferentialErrors.stillReferenced(referenced(foreign), followed, key);
                }
            }
            return true;
        });
    }
}
