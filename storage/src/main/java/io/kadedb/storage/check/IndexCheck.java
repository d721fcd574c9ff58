package io.kadedb.storage.check;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyWriter;
import io.kadedb.storage.table.IndexTable;
import io.kadedb.storage.table.ValueText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** An index against its table: each row has its entry, and each entry its row. */
final class IndexCheck {
    /** Parts of the rows that are compared one by one where there is a difference. */
    private static final int COMPARED_PARTS = 16;

    private static final int TIE = Integer.MIN_VALUE;

    private final IndexTable index;
    private final LiveRows rows;
    private final LiveRows entries;
    private final Problems problems;
    private boolean whole = true;

    IndexCheck(CheckSnapshot snapshot, TableDefinition table, IndexDefinition definition, Problems problems) {
        this.index = IndexTable.of(table, definition);
        this.rows = new LiveRows(snapshot, table);
        this.entries = new LiveRows(snapshot, index.table());
        this.problems = problems;
    }

    IndexTable index() {
        return index;
    }

    /** What an entry has, or should have by its row. */
    @FunctionalInterface
    private interface Entries {
        void take(RowHash hash, Batch batch, int row);
    }

    void run() {
        Fingerprint wanted = new Fingerprint();
        Fingerprint found = new Fingerprint();
        wanted((hash, batch, row) -> wanted.add(hash));
        found((hash, batch, row) -> found.add(hash));
        if (!whole) {
            problems.add("the entries were not compared with the rows, since not all of them can be read");
            return;
        }
        List<Integer> parts = wanted.differences(found, COMPARED_PARTS);
        if (!parts.isEmpty()) {
            nameDifferences(new HashSet<>(parts)::contains);
            if (wanted.rows() != found.rows()) {
                problems.add("there are " + found.rows() + " entries for " + wanted.rows() + " rows");
            }
        }
    }

    private void nameDifferences(Predicate<Integer> parts) {
        Map<RowHash, String> missing = new HashMap<>();
        Set<String> extra = new HashSet<>();
        wanted((hash, batch, row) -> {
            if (parts.test(Fingerprint.part(hash))) {
                missing.put(hash, ValueText.row(batch, row) + " with the key " + key(batch, row));
            }
        });
        found((hash, batch, row) -> {
            if (parts.test(Fingerprint.part(hash)) && missing.remove(hash) == null) {
                extra.add("the entry of the key " + key(batch, row) + " names " + ValueText.row(batch, row)
                        + ", which is not there or has another key");
            }
        });
        missing.values().stream().sorted().forEach(row -> problems.add(row + " has no entry"));
        extra.stream().sorted().forEach(problems::add);
    }

    private String key(Batch batch, int row) {
        return ValueText.key(index.table(), LiveRows.copy(batch, 1, 1 + index.width(), row), 0);
    }

    private void found(Entries each) {
        List<Integer> columns = new ArrayList<>();
        columns.add(TableDefinition.ROW_ID);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < index.origins().size(); i++) {
            columns.add(i);
            places.add(i + 1);
        }
        whole &= entries.forEach(columns, problems, batch -> give(batch, places, each));
    }

    private void wanted(Entries each) {
        List<Integer> columns = new ArrayList<>();
        columns.add(TableDefinition.ROW_ID);
        List<Integer> places = new ArrayList<>();
        for (int origin : index.origins()) {
            if (origin == TableDefinition.ROW_ID) {
                places.add(TIE);
            } else {
                columns.add(origin);
                places.add(columns.size() - 1);
            }
        }
        whole &= rows.forEach(columns, problems, batch -> give(batch, places, each));
    }

    private void give(Batch batch, List<Integer> places, Entries each) {
        ColumnBuffer tie = new ColumnBuffer(SqlType.BIGINT, 1);
        for (int row = 0; row < batch.length(); row++) {
            KeyWriter entry = new KeyWriter();
            entry.addValue(batch.column(0), row);
            for (int place : places) {
                if (place == TIE) {
                    tie.clear();
                    tie.add(batch.column(0), row);
                    entry.addLong(isSingle(batch, row) ? 0 : tie.low(0));
                } else {
                    entry.addValue(batch.column(place), row);
                }
            }
            each.take(RowHash.of(entry.toBytes()), batch, row);
        }
    }

    /** Whether at most one row may have the key. */
    private boolean isSingle(Batch batch, int row) {
        boolean anyNull = false;
        for (int i = 1; i <= index.width(); i++) {
            anyNull |= batch.column(i).isNull(row);
        }
        return index.index().unique() && (!anyNull || index.index().nullsNotDistinct());
    }
}
