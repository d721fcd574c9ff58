package io.kadedb.storage.table;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A secondary index as what it is stored as: a table of its own, with a row for each row of the indexed table, under the
 * same row id. Its key is the indexed columns and a tie-break: 0 where a unique index allows one row only, the row id
 * elsewhere. Behind the key it holds what is missing of the indexed table's primary key.
 *
 * @param base the indexed table
 * @param table the index as a table: first the indexed columns, then the tie-break
 * @param origins for each column of {@code table} its ordinal in the base, {@link TableDefinition#ROW_ID} for the tie-break
 */
public record IndexTable(TableDefinition base, IndexDefinition index, TableDefinition table, List<Integer> origins) {
    /** The column id of the tie-break. */
    private static final int TIE_ID = Integer.MAX_VALUE;

    public IndexTable {
        origins = List.copyOf(origins);
    }

    public static IndexTable of(TableDefinition base, IndexDefinition index) {
        List<Integer> origins = new ArrayList<>(base.ordinalsOf(index));
        int keys = origins.size();
        origins.add(TableDefinition.ROW_ID);
        for (int ordinal : base.primaryKey()) {
            if (!origins.contains(ordinal)) {
                origins.add(ordinal);
            }
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int ordinal : origins) {
            columns.add(
                    ordinal == TableDefinition.ROW_ID
                            ? ColumnDefinition.of(TIE_ID, "", SqlType.BIGINT, false)
                            : stored(base.columns().get(ordinal)));
        }
        TableDefinition table = new TableDefinition(
                index.id(),
                base.schema(),
                index.name(),
                base.schemaVersion(),
                base.owner(),
                columns,
                IntStream.rangeClosed(0, keys).boxed().toList(),
                base.keyMode(),
                Optional.empty(),
                Map.of());
        return new IndexTable(base, index, table, origins);
    }

    private static ColumnDefinition stored(ColumnDefinition column) {
        return ColumnDefinition.of(column.id(), column.name(), column.type(), true);
    }

    /** How many columns are indexed. */
    public int width() {
        return index.parts().size();
    }

    /** Where the base's primary key lies in the index's columns; the row id for a base without one. */
    List<Integer> baseKey() {
        return base.hasPrimaryKey()
                ? base.primaryKey().stream().map(origins::indexOf).toList()
                : List.of(TableDefinition.ROW_ID);
    }
}
