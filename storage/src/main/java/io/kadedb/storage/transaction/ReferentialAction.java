package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition.Action;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.table.NativeBatch;
import io.kadedb.storage.transaction.ReferentialStatement.Followed;
import io.kadedb.storage.transaction.StatementSink.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** CASCADE, SET NULL and SET DEFAULT: removes or changes the rows that refer to keys. */
final class ReferentialAction {
    private final TableTransaction transaction;
    private final Followed followed;
    private final TableDefinition table;
    private final ForeignKeyDefinition foreign;

    ReferentialAction(TableTransaction transaction, Followed followed) {
        this.transaction = transaction;
        this.followed = followed;
        this.table = followed.reference().table();
        this.foreign = followed.reference().key();
    }

    void run() {
        if (deletes()) {
            delete();
        } else {
            update();
        }
    }

    private boolean deletes() {
        return followed.action() == Action.CASCADE && !followed.update();
    }

    private void delete() {
        StatementSink sink = transaction.sink(table, Kind.DELETE);
        List<Integer> columns = new ArrayList<>();
        columns.add(TableDefinition.ROW_ID);
        columns.addAll(table.identity());
        find(columns, (batch, referencing) -> {
            sink.change(batch, row -> place(referencing, row) >= 0);
            return true;
        });
        sink.finish();
    }

    private void update() {
        StatementSink sink = transaction.sink(table, Kind.UPDATE);
        List<Integer> columns = new ArrayList<>();
        columns.add(TableDefinition.ROW_ID);
        columns.addAll(table.identity());
        IntStream.range(0, table.columns().size()).forEach(columns::add);
        int first = 1 + table.identity().size();
        Map<Integer, Integer> changed = changed();
        Set<Integer> defaulted = followed.action() == Action.SET_DEFAULT ? changed.keySet() : Set.of();
        boolean completes = completes(changed);
        try (NativeBatch images = new NativeBatch(transaction.storage().memory(), types(columns, first, changed))) {
            find(columns, (batch, referencing) -> {
                images.clear();
                int rows = 0;
                for (int row = 0; row < batch.length(); row++) {
                    int key = place(referencing, row);
                    if (key >= 0) {
                        addImage(images, batch, row, first, changed, key);
                        rows++;
                    }
                }
                if (rows > 0) {
                    Batch image = images.toBatch(rows);
                    if (completes) {
                        transaction
                                .completion()
                                .complete(table, defaulted, image, done -> sink.change(done, row -> true));
                    } else {
                        sink.change(image, row -> true);
                    }
                }
                return true;
            });
        }
        sink.finish();
    }

    private void find(List<Integer> columns, ReferencingRows.Target target) {
        new ReferencingRows(transaction, followed.reference()).find(followed.old(), columns, target);
    }

    private int place(List<ColumnBuffer> referencing, int row) {
        for (ColumnBuffer column : referencing) {
            if (column.isNull(row)) {
                return -1;
            }
        }
        return followed.old().find(referencing, row);
    }

    /** Ordinals of the columns that change, with their places in the key. */
    private Map<Integer, Integer> changed() {
        Map<Integer, Integer> changed = new LinkedHashMap<>();
        for (int i = 0; i < foreign.columns().size(); i++) {
            int id = foreign.columns().get(i);
            boolean set = followed.action() == Action.CASCADE
                    || followed.update()
                    || foreign.setColumns().isEmpty()
                    || foreign.setColumns().contains(id);
            if (set) {
                changed.put(table.ordinalOfId(id), i);
            }
        }
        return changed;
    }

    /** Whether the rows hold more than values that can be copied. */
    private boolean completes(Map<Integer, Integer> changed) {
        boolean computes =
                !table.checks().isEmpty() || table.columns().stream().anyMatch(ColumnDefinition::isGenerated);
        for (Map.Entry<Integer, Integer> entry : changed.entrySet()) {
            ColumnDefinition column = table.columns().get(entry.getKey());
            computes |= switch (followed.action()) {
                case SET_DEFAULT ->
                    column.defaultSql().isPresent() || column.identity().isPresent();
                case CASCADE ->
                    !column.type().equals(followed.now().get(entry.getValue()).type());
                default -> false;
            };
        }
        return computes;
    }

    /** The types of an update's rows: values of keys have those that they come with. */
    private List<SqlType> types(List<Integer> columns, int first, Map<Integer, Integer> changed) {
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int ordinal = columns.get(i);
            Integer key = i < first || followed.action() != Action.CASCADE ? null : changed.get(ordinal);
            SqlType type = ordinal == TableDefinition.ROW_ID
                    ? SqlType.BIGINT
                    : table.columns().get(ordinal).type();
            types.add(key == null ? type : followed.now().get(key).type());
        }
        return types;
    }

    private void addImage(NativeBatch images, Batch batch, int row, int first, Map<Integer, Integer> changed, int key) {
        for (int i = 0; i < first + table.columns().size(); i++) {
            ColumnBuffer image = images.columns().get(i);
            Integer place = i < first ? null : changed.get(i - first);
            if (place == null) {
                image.add(batch.column(i), row);
            } else if (followed.action() == Action.CASCADE) {
                image.add(followed.now().get(place), key);
            } else {
                image.addNull();
            }
        }
    }
}
