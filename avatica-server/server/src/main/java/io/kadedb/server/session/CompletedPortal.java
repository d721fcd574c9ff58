package io.kadedb.server.session;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that has run: with a count, or with rows of text that the session itself knows. */
final class CompletedPortal implements Portal {
    private final String tag;
    private final long count;
    private final boolean rows;
    private final boolean modified;
    private final List<Field> columns;
    private final Iterator<Batch> batches;

    private CompletedPortal(
            String tag, long count, boolean modified, boolean rows, List<Field> columns, List<Batch> batches) {
        this.tag = tag;
        this.count = count;
        this.modified = modified;
        this.rows = rows;
        this.columns = columns;
        this.batches = batches.iterator();
    }

    static CompletedPortal of(String tag, long count) {
        return new CompletedPortal(tag, count, false, false, List.of(), List.of());
    }

    /** A modification that has run. */
    static CompletedPortal modified(String verb, long count) {
        return new CompletedPortal(verb, count, true, false, List.of(), List.of());
    }

    /** Rows of a modification that has run. */
    static CompletedPortal returned(String verb, long count, List<Field> columns, List<Batch> batches) {
        return new CompletedPortal(verb, count, true, true, columns, batches);
    }

    /** Rows that are there already. */
    static CompletedPortal rows(String tag, List<Field> columns, Batch rows) {
        return new CompletedPortal(tag, NO_COUNT, false, true, columns, List.of(rows));
    }

    /** Rows of text, which may be null. */
    static CompletedPortal rows(String tag, List<String> names, List<? extends List<@Nullable String>> rows) {
        List<Field> columns =
                names.stream().map(name -> new Field(name, SqlType.TEXT, true)).toList();
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += Batch.MAX_ROWS) {
            batches.add(batch(columns.size(), rows.subList(from, Math.min(rows.size(), from + Batch.MAX_ROWS))));
        }
        return new CompletedPortal(tag, NO_COUNT, false, true, columns, batches);
    }

    private static Batch batch(int columns, List<? extends List<@Nullable String>> rows) {
        List<ColumnVector> vectors = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
            vectors.add(vector(rows, c));
        }
        return new Batch(rows.size(), vectors);
    }

    /** A column of rows of text. */
    static ColumnVector vector(List<? extends List<@Nullable String>> rows, int column) {
        MemorySegment offsets = MemorySegment.ofArray(new byte[4 * (rows.size() + 1)]);
        MemorySegment validity = MemorySegment.ofArray(new byte[(int) ColumnVector.bitmapBytes(rows.size())]);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < rows.size(); i++) {
            String value = rows.get(i).get(column);
            if (value != null) {
                ColumnVector.setBit(validity, i, true);
                bytes.writeBytes(value.getBytes(StandardCharsets.UTF_8));
            }
            offsets.set(ColumnVector.INT32, 4L * (i + 1), bytes.size());
        }
        return ColumnVector.varbytes(
                SqlType.TEXT, rows.size(), offsets, MemorySegment.ofArray(bytes.toByteArray()), validity);
    }

    @Override
    public boolean hasRows() {
        return rows;
    }

    @Override
    public List<Field> columns() {
        return columns;
    }

    @Override
    public @Nullable Batch next() {
        return batches.hasNext() ? batches.next() : null;
    }

    @Override
    public long updateCount() {
        return count;
    }

    @Override
    public String commandTag() {
        return !modified ? tag : tag.equals("INSERT") ? "INSERT 0 " + count : tag + " " + count;
    }

    @Override
    public void close() {}
}
