package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.RowLockMode;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.table.RowFinder;
import io.kadedb.storage.table.ValueText;
import io.kadedb.storage.transaction.TransactionLocks.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Finds rows of a referenced table by the key that a foreign key refers to. Owned by one thread. */
final class ReferencedKeys {
    private final TableChanges changes;
    private final List<Integer> order;
    private final boolean tied;

    private ReferencedKeys(TableChanges changes, List<Integer> order, boolean tied) {
        this.changes = changes;
        this.order = order;
        this.tied = tied;
    }

    /** Looks in the primary key, or else in the unique index over the referenced columns. */
    static ReferencedKeys of(TableTransaction transaction, TableDefinition table, ForeignKeyDefinition foreign) {
        List<Integer> wanted = foreign.referencedColumns();
        List<Integer> primary = table.primaryKey().stream()
                .map(ordinal -> table.columns().get(ordinal).id())
                .toList();
        if (sameColumns(primary, wanted)) {
            return new ReferencedKeys(
                    transaction.changes(table),
                    primary.stream().map(wanted::indexOf).toList(),
                    false);
        }
        for (IndexDefinition index : table.indexes()) {
            if (index.isKey() && sameColumns(index.columnIds(), wanted)) {
                return new ReferencedKeys(
                        transaction.indexChanges(table, index),
                        index.columnIds().stream().map(wanted::indexOf).toList(),
                        true);
            }
        }
        throw KadeException.internal("what foreign key " + foreign.name() + " refers to is not unique", null);
    }

    static boolean sameColumns(List<Integer> some, List<Integer> others) {
        Set<Integer> set = new HashSet<>(some);
        return some.size() == others.size() && set.size() == some.size() && set.equals(new HashSet<>(others));
    }

    /** The first row of the keys that is not there, or -1. Those that are there stay until the transaction ends. */
    int firstMissing(DistinctKeys keys) {
        Finder finder = new Finder(keys);
        finder.lock(keys.size());
        for (int row = 0; row < keys.size(); row++) {
            if (!finder.isThere(row)) {
                return row;
            }
        }
        return -1;
    }

    /** Whether there is each key. */
    boolean[] present(DistinctKeys keys) {
        boolean[] present = new boolean[keys.size()];
        Finder finder = new Finder(keys);
        for (int row = 0; row < present.length; row++) {
            present[row] = finder.isThere(row);
        }
        return present;
    }

    /** Searches with the keys in the order of the referenced key. */
    private final class Finder {
        private final List<ColumnBuffer> key = new ArrayList<>();
        private final RowFinder finder = new RowFinder(changes.writtenView());
        private final KeyEncoding encoding =
                new KeyEncoding(changes.table(), changes.storage().hash());

        Finder(DistinctKeys keys) {
            order.forEach(place -> key.add(keys.columns().get(place)));
            if (tied) {
                ColumnBuffer ties = new ColumnBuffer(SqlType.BIGINT, Math.max(1, keys.size()));
                for (int row = 0; row < keys.size(); row++) {
                    ties.addFixed(0, 0);
                }
                key.add(ties);
            }
        }

        /** Keeps others from removing or changing the keys. */
        void lock(int count) {
            TreeMap<byte[], Row> rows = new TreeMap<>(Arrays::compareUnsigned);
            for (int row = 0; row < count; row++) {
                byte[] logical = encoding.logical(key, row);
                int shown = row;
                changes.claims().add(logical);
                rows.put(logical, new Row(logical, () -> ValueText.key(changes.table(), key, shown)));
            }
            changes.guard().lock(changes, List.copyOf(rows.values()), RowLockMode.KEY_SHARE);
        }

        boolean isThere(int row) {
            byte[] ordered = encoding.ordered(key, row);
            byte[] logical = encoding.logical(ordered);
            return finder.find(ordered, logical, key, row) != null;
        }
    }
}
