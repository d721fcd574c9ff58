package io.kadedb.storage.table;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.IndexExpression;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.inverted.Terms;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A secondary index as what it is stored as: a table of its own, with a row for each row of the indexed table, under the
 * same row id. Its key is the indexed columns and a tie-break: 0 where a unique index allows one row only, the row id
 * elsewhere. Behind the key it holds what is missing of the indexed table's primary key, and the columns included.
 *
 * <p>An inverted index has a row for each term of each row, with the term in place of the indexed columns, under an id made
 * of the row's and the term's number; see {@link Terms}.
 *
 * @param base the indexed table
 * @param table the index as a table: first the indexed columns, then the tie-break
 * @param origins for each column of {@code table} its ordinal in the base, {@link TableDefinition#ROW_ID} for the tie-break,
 *     {@link TableDefinition#COMPUTED} for expressions
 */
public record IndexTable(TableDefinition base, IndexDefinition index, TableDefinition table, List<Integer> origins) {
    /** The column id of the tie-break. */
    private static final int TIE_ID = Integer.MAX_VALUE;

    public IndexTable {
        origins = List.copyOf(origins);
    }

    public static IndexTable of(TableDefinition base, IndexDefinition index) {
        List<Integer> origins =
                new ArrayList<>(index.isInverted() ? List.of(TableDefinition.COMPUTED) : base.ordinalsOf(index));
        int keys = origins.size();
        origins.add(TableDefinition.ROW_ID);
        List<Integer> behind = new ArrayList<>(base.primaryKey());
        index.included().forEach(column -> behind.add(base.ordinalOfId(column)));
        for (int ordinal : behind) {
            if (!origins.contains(ordinal)) {
                origins.add(ordinal);
            }
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = 0; i < origins.size(); i++) {
            int ordinal = origins.get(i);
            columns.add(
                    switch (ordinal) {
                        case TableDefinition.ROW_ID -> ColumnDefinition.of(TIE_ID, "", SqlType.BIGINT, false);
                        case TableDefinition.COMPUTED ->
                            index.isInverted()
                                    ? ColumnDefinition.of(TIE_ID - 1, "term", SqlType.BYTEA, false)
                                    : computed(
                                            i, index.parts().get(i).expression().orElseThrow());
                        default -> stored(base.columns().get(ordinal));
                    });
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

    /** Whether a table is what an index is stored as: its rows change their keys. */
    static boolean isOne(TableDefinition table) {
        return table.hasPrimaryKey()
                && table.columns().get(table.primaryKey().getLast()).id() == TIE_ID;
    }

    private static ColumnDefinition computed(int place, IndexExpression expression) {
        return ColumnDefinition.of(TIE_ID - 1 - place, expression.sql(), expression.type(), true);
    }

    private static ColumnDefinition stored(ColumnDefinition column) {
        return ColumnDefinition.of(column.id(), column.name(), column.type(), true);
    }

    /** The ordinals of the base's columns that an entry is made of, each once. */
    public List<Integer> sources() {
        Set<Integer> ordinals = new LinkedHashSet<>(base.primaryKey());
        index.usedColumnIds().forEach(column -> ordinals.add(base.ordinalOfId(column)));
        return List.copyOf(ordinals);
    }

    /** Where columns of the base, which it must hold, lie in the index. */
    List<Integer> places(List<Integer> ordinals) {
        return ordinals.stream()
                .map(ordinal -> ordinal == TableDefinition.ROW_ID ? baseRowId() : origins.indexOf(ordinal))
                .toList();
    }

    /** Where the row id of the base lies. */
    private int baseRowId() {
        return index.isInverted() ? width() : TableDefinition.ROW_ID;
    }

    /** How many columns come before the tie-break. */
    public int width() {
        return index.isInverted() ? 1 : index.parts().size();
    }

    /** Where the base's primary key lies in the index's columns; the row id for a base without one. */
    List<Integer> baseKey() {
        return base.hasPrimaryKey()
                ? base.primaryKey().stream().map(origins::indexOf).toList()
                : List.of(baseRowId());
    }
}
