package io.kadedb.storage.table;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.inverted.Terms;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.IndexExpressions.Evaluation;
import io.kadedb.storage.format.v1.ColumnBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What an index's entries for some rows are made of: columns of the rows, and what is computed of them. */
public final class EntryValues {
    private final IndexTable index;
    private final List<ColumnBuffer> parts = new ArrayList<>();
    private final List<ColumnBuffer> values = new ArrayList<>();
    private final @Nullable BitSet contained;

    private EntryValues(IndexTable index, IntFunction<ColumnBuffer> columns, Computed computed) {
        this.index = index;
        this.contained = computed.contained;
        int expressions = 0;
        for (IndexDefinition.Part part : index.index().parts()) {
            parts.add(
                    part.expression().isPresent()
                            ? computed.values.get(expressions++)
                            : columns.apply(index.base().ordinalOfId(part.columnId())));
        }
        for (int place = 0; place < index.origins().size(); place++) {
            int ordinal = index.origins().get(place);
            if (ordinal == TableDefinition.ROW_ID) {
                values.add(new ColumnBuffer(SqlType.BIGINT, 1));
            } else if (place < index.width()) {
                values.add(parts.get(place));
            } else {
                values.add(columns.apply(ordinal));
            }
        }
    }

    /** Values of the expressions, and the rows that are in the index; null for all. */
    private record Computed(
            List<ColumnBuffer> values, @Nullable BitSet contained) {}

    /**
     * Computes them.
     *
     * @param columns the rows' columns by their ordinals in the indexed table
     * @param rows how many there are
     */
    public static EntryValues of(TableStorage storage, IndexTable index, IntFunction<ColumnBuffer> columns, int rows) {
        return new EntryValues(index, columns, computed(storage, index, columns, rows));
    }

    private static Computed computed(
            TableStorage storage, IndexTable index, IntFunction<ColumnBuffer> columns, int rows) {
        IndexDefinition definition = index.index();
        if (definition.isPlain()) {
            return new Computed(List.of(), null);
        }
        TableDefinition base = index.base();
        List<ColumnBuffer> sources = definition.computedFrom().stream()
                .map(column -> columns.apply(base.ordinalOfId(column)))
                .toList();
        List<ColumnBuffer> values = new ArrayList<>();
        definition.parts().stream()
                .filter(part -> part.expression().isPresent())
                .forEach(part -> values.add(new ColumnBuffer(part.type(base), Math.max(1, rows))));
        BitSet contained = new BitSet(rows);
        int[] chosen = new int[Batch.MAX_ROWS];
        try (NativeBatch batch = new NativeBatch(
                        storage.memory(),
                        sources.stream().map(ColumnBuffer::type).toList());
                Evaluation evaluation = storage.expressions().open(base, definition)) {
            for (int from = 0; from < rows; from += Batch.MAX_ROWS) {
                int count = Math.min(Batch.MAX_ROWS, rows - from);
                batch.clear();
                for (int i = 0; i < sources.size(); i++) {
                    for (int row = from; row < from + count; row++) {
                        batch.columns().get(i).add(sources.get(i), row);
                    }
                }
                Batch given = batch.toBatch(count);
                int n = chosen(definition, evaluation, given, chosen);
                for (int i = 0; i < n; i++) {
                    contained.set(from + chosen[i]);
                }
                for (int i = 0; i < values.size(); i++) {
                    add(evaluation.compute(i, given, chosen, n), chosen, n, count, values.get(i));
                }
            }
        }
        return new Computed(values, contained);
    }

    private static int chosen(IndexDefinition index, Evaluation evaluation, Batch rows, int[] chosen) {
        if (index.condition().isPresent()) {
            return evaluation.choose(rows, chosen);
        }
        IntStream.range(0, rows.length()).forEach(row -> chosen[row] = row);
        return rows.length();
    }

    /** Adds the values of the rows chosen, and NULLs for those between. */
    private static void add(ColumnVector computed, int[] chosen, int n, int count, ColumnBuffer target) {
        int next = 0;
        for (int row = 0; row < count; row++) {
            if (next < n && chosen[next] == row) {
                target.add(computed, row);
                next++;
            } else {
                target.addNull();
            }
        }
    }

    /** Whether a row has an entry. */
    public boolean contains(int row) {
        return contained == null || contained.get(row);
    }

    /**
     * The terms of a row in an inverted index, by their numbers.
     *
     * @throws KadeException 54000 for too many
     */
    public NavigableMap<Integer, byte[]> terms(int row) {
        Terms terms = new Terms();
        for (int part = 0; part < parts.size(); part++) {
            ColumnBuffer value = parts.get(part);
            if (!value.isNull(row)) {
                terms.add(
                        part,
                        index.index().parts().get(part).terms().orElseThrow(),
                        value.type(),
                        ByteBuffer.wrap(value.bytes(), value.offset(row), value.byteLength(row))
                                .slice());
            }
        }
        return terms.numbered();
    }

    /** The rows' values for a column of the index; not for the tie-break, nor for terms. */
    public ColumnBuffer column(int place) {
        return values.get(place);
    }

    /** What sets the entry of a row apart from others with the same key. */
    public long tie(int row, long rowId) {
        boolean anyNull = false;
        for (int i = 0; i < index.width(); i++) {
            anyNull |= values.get(i).isNull(row);
        }
        boolean single = index.index().unique() && (!anyNull || index.index().nullsNotDistinct());
        return single ? 0 : rowId;
    }

    /** The key of a term's entry in an inverted index, as columns of one row. */
    public static List<ColumnBuffer> key(byte[] term, long rowId) {
        ColumnBuffer first = new ColumnBuffer(SqlType.BYTEA, 1);
        first.addVarbytes(term, 0, term.length);
        ColumnBuffer tie = new ColumnBuffer(SqlType.BIGINT, 1);
        tie.addFixed(rowId, 0);
        return List.of(first, tie);
    }

    /** The key of a row's entry, as columns of one row. */
    public List<ColumnBuffer> key(int row, long rowId) {
        List<ColumnBuffer> key = new ArrayList<>();
        for (int i = 0; i < index.width(); i++) {
            ColumnBuffer part = new ColumnBuffer(values.get(i).type(), 1);
            part.add(values.get(i), row);
            key.add(part);
        }
        ColumnBuffer tie = new ColumnBuffer(SqlType.BIGINT, 1);
        tie.addFixed(tie(row, rowId), 0);
        key.add(tie);
        return key;
    }
}
