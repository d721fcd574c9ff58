package io.kadedb.storage.check;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.inverted.Terms;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyWriter;
import io.kadedb.storage.format.v1.VectorValues;
import io.kadedb.storage.table.EntryValues;
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

    private final CheckSnapshot snapshot;
    private final IndexTable index;
    private final LiveRows rows;
    private final LiveRows entries;
    private final Problems problems;
    private boolean whole = true;

    IndexCheck(CheckSnapshot snapshot, TableDefinition table, IndexDefinition definition, Problems problems) {
        this.snapshot = snapshot;
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
        void take(RowHash hash, long id, List<ColumnBuffer> values, int row);
    }

    void run() {
        Fingerprint wanted = new Fingerprint();
        Fingerprint found = new Fingerprint();
        wanted((hash, id, values, row) -> wanted.add(hash));
        found((hash, id, values, row) -> found.add(hash));
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
        wanted((hash, id, values, row) -> {
            if (parts.test(Fingerprint.part(hash))) {
                missing.put(hash, ValueText.row(id) + " with the key " + key(values, row));
            }
        });
        found((hash, id, values, row) -> {
            if (parts.test(Fingerprint.part(hash)) && missing.remove(hash) == null) {
                extra.add("the entry of the key " + key(values, row) + " names " + ValueText.row(id)
                        + ", which is not there or has another key");
            }
        });
        missing.values().stream().sorted().forEach(row -> problems.add(row + " has no entry"));
        extra.stream().sorted().forEach(problems::add);
    }

    private String key(List<ColumnBuffer> values, int row) {
        return ValueText.key(index.table(), values.subList(0, index.width()), row);
    }

    private void found(Entries each) {
        List<Integer> columns = new ArrayList<>();
        columns.add(TableDefinition.ROW_ID);
        for (int i = 0; i < index.origins().size(); i++) {
            columns.add(i);
        }
        whole &= entries.forEach(columns, problems, batch -> {
            List<ColumnBuffer> values = new ArrayList<>();
            for (int i = 1; i < columns.size(); i++) {
                values.add(copied(batch, i));
            }
            for (int row = 0; row < batch.length(); row++) {
                give(VectorValues.low(batch.column(0), row), values, row, each);
            }
        });
    }

    private void wanted(Entries each) {
        List<Integer> columns = new ArrayList<>();
        columns.add(TableDefinition.ROW_ID);
        columns.addAll(index.sources());
        whole &= rows.forEach(columns, problems, batch -> {
            EntryValues values = EntryValues.of(
                    snapshot.storage(), index, ordinal -> copied(batch, columns.indexOf(ordinal)), batch.length());
            for (int row = 0; row < batch.length(); row++) {
                if (values.contains(row)) {
                    long id = VectorValues.low(batch.column(0), row);
                    if (index.index().isInverted()) {
                        giveTerms(values, row, id, each);
                    } else {
                        give(id, entry(values, row, id), 0, each);
                    }
                }
            }
        });
    }

    private void giveTerms(EntryValues values, int row, long id, Entries each) {
        values.terms(row).forEach((number, term) -> {
            List<ColumnBuffer> entry = new ArrayList<>(EntryValues.key(term, id));
            for (int i = entry.size(); i < index.origins().size(); i++) {
                ColumnBuffer value =
                        new ColumnBuffer(index.table().columns().get(i).type(), 1);
                value.add(values.column(i), row);
                entry.add(value);
            }
            give(Terms.entryId(id, number), entry, 0, each);
        });
    }

    private List<ColumnBuffer> entry(EntryValues values, int row, long id) {
        List<ColumnBuffer> entry = new ArrayList<>();
        for (int i = 0; i < index.origins().size(); i++) {
            ColumnBuffer value = new ColumnBuffer(index.table().columns().get(i).type(), 1);
            if (index.origins().get(i) == TableDefinition.ROW_ID) {
                value.addFixed(values.tie(row, id), 0);
            } else {
                value.add(values.column(i), row);
            }
            entry.add(value);
        }
        return entry;
    }

    private static ColumnBuffer copied(Batch batch, int column) {
        ColumnBuffer values = new ColumnBuffer(batch.column(column).type(), Math.max(1, batch.length()));
        values.addAll(batch.column(column), 0, batch.length());
        return values;
    }

    private static void give(long id, List<ColumnBuffer> values, int row, Entries each) {
        KeyWriter entry = new KeyWriter();
        entry.addLong(id);
        values.forEach(value -> value.writeKey(row, entry));
        each.take(RowHash.of(entry.toBytes()), id, values, row);
    }
}
