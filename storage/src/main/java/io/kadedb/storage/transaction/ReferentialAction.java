package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition.Action;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.transaction.ReferentialStatement.Followed;
import io.kadedb.storage.transaction.StatementSink.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
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
        boolean deletes = followed.action() == Action.CASCADE && !followed.update();
        StatementSink sink = transaction.sink(table, deletes ? Kind.DELETE : Kind.UPDATE);
        List<Integer> columns = new ArrayList<>();
        columns.add(TableDefinition.ROW_ID);
        columns.addAll(table.identity());
        if (!deletes) {
            IntStream.range(0, table.columns().size()).forEach(columns::add);
        }
        new ReferencingRows(transaction, followed.reference()).find(followed.old(), columns, (batch, referencing) -> {
            IntPredicate refers = row -> place(referencing, row) >= 0;
            sink.change(batch, refers, deletes ? List.of() : replacements(batch, referencing));
            return true;
        });
        sink.finish();
    }

    private int place(List<ColumnBuffer> referencing, int row) {
        for (ColumnBuffer column : referencing) {
            if (column.isNull(row)) {
                return -1;
            }
        }
        return followed.old().find(referencing, row);
    }

    /** The new values of the changed columns, one for each row of the batch. */
    private List<StatementSink.Replacement> replacements(Batch batch, List<ColumnBuffer> referencing) {
        List<StatementSink.Replacement> replacements = new ArrayList<>();
        for (int i = 0; i < foreign.columns().size(); i++) {
            int id = foreign.columns().get(i);
            boolean set = followed.action() == Action.CASCADE
                    || followed.update()
                    || foreign.setColumns().isEmpty()
                    || foreign.setColumns().contains(id);
            if (!set) {
                continue;
            }
            int ordinal = table.ordinalOfId(id);
            ColumnBuffer values = new ColumnBuffer(table.columns().get(ordinal).type(), batch.length());
            for (int row = 0; row < batch.length(); row++) {
                int key = followed.action() == Action.CASCADE ? place(referencing, row) : -1;
                if (key < 0) {
                    values.addNull();
                } else {
                    values.add(followed.now().get(i), key);
                }
            }
            replacements.add(new StatementSink.Replacement(ordinal, values));
        }
        return replacements;
    }
}
