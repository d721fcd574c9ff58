package io.kadedb.storage.table;

import io.kadedb.common.data.Batch;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.KeySpan;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyEncoding;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows whose keys lie in a span of a table or an index, in the order of the keys. They are read as they are asked for, and
 * so is told what was read. Owned by one thread.
 */
public final class SpanRead implements BatchSource {
    private final boolean descending;
    private final KeyRange range;
    private final Consumer<KeyRange> spans;
    private final NativeBatch batch;
    private final OrderedRows rows;
    private final @Nullable EntryRows entries;
    private int wanted;
    private boolean ended;

    /** Reads the rows of a table that have their primary keys in a span. */
    public static SpanRead ofTable(TableView view, List<Integer> columns, KeySpan span, Consumer<KeyRange> spans) {
        NativeBatch batch = new NativeBatch(view.storage().memory(), DeltaSplit.types(view.table(), columns));
        return new SpanRead(view, columns, span, spans, batch, null);
    }

    /**
     * Reads the rows that an index has in a span.
     *
     * @param entries the index as the statement sees it
     * @param spans is told which entries were read
     * @param reads is told the logical key of each row
     */
    public static SpanRead ofIndex(
            TableView base,
            IndexTable index,
            TableView entries,
            List<Integer> columns,
            KeySpan span,
            Consumer<KeyRange> spans,
            Consumer<byte[]> reads) {
        NativeBatch batch = new NativeBatch(base.storage().memory(), DeltaSplit.types(base.table(), columns));
        return base.table().covers(index.index(), columns)
                ? new SpanRead(entries, index.places(columns), span, spans, batch, null)
                : new SpanRead(
                        entries, index.baseKey(), span, spans, batch, new EntryRows(base, columns, batch, reads));
    }

    private SpanRead(
            TableView keyed,
            List<Integer> columns,
            KeySpan span,
            Consumer<KeyRange> spans,
            NativeBatch batch,
            @Nullable EntryRows entries) {
        this.descending = span.descending();
        this.range = KeySpans.range(keyed.table(), span);
        this.spans = spans;
        this.batch = batch;
        this.entries = entries;
        this.wanted = Math.clamp(span.first(), 1, Batch.MAX_ROWS);
        List<ColumnBuffer> output = entries == null ? batch.columns() : entries.key;
        this.rows = new OrderedRows(keyed, range, descending, columns, output, wanted);
    }

    /** Finds the rows of entries. */
    private static final class EntryRows {
        private final List<ColumnBuffer> key;
        private final KeyEncoding encoding;
        private final RowFinder finder;
        private final List<Integer> columns;
        private final NativeBatch batch;
        private final Consumer<byte[]> reads;

        EntryRows(TableView base, List<Integer> columns, NativeBatch batch, Consumer<byte[]> reads) {
            this.encoding = base.keys();
            this.finder = new RowFinder(base);
            this.columns = columns;
            this.batch = batch;
            this.reads = reads;
            List<SqlType> types = KeyEncoding.types(base.table());
            this.key = types.stream().map(type -> new ColumnBuffer(type, 1)).toList();
        }

        /** Adds the row of the key to the batch; false if it is not there. */
        boolean read() {
            byte[] ordered = encoding.ordered(key, 0);
            byte[] logical = encoding.logical(ordered);
            reads.accept(logical);
            RowFinder.Found found = finder.find(ordered, logical, key, 0);
            key.forEach(ColumnBuffer::clear);
            if (found == null) {
                return false;
            }
            finder.read(found, columns, batch.columns());
            return true;
        }
    }

    @Override
    public @Nullable Batch next() {
        if (ended) {
            return null;
        }
        batch.clear();
        int count = 0;
        while (count < wanted && !ended) {
            if (rows.next()) {
                count += entries == null || entries.read() ? 1 : 0;
            } else {
                ended = true;
            }
        }
        spans.accept(ended ? range : untilLast());
        wanted = Math.min(Batch.MAX_ROWS, 4 * wanted);
        return count == 0 ? null : batch.toBatch(count);
    }

    /** What was read up to the row that was given last. */
    private KeyRange untilLast() {
        byte[] last = rows.key();
        return descending
                ? new KeyRange(last, range.end())
                : new KeyRange(range.begin(), Arrays.copyOf(last, last.length + 1));
    }

    @Override
    public void close() {
        rows.close();
        batch.close();
    }
}
