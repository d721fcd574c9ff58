package io.kadedb.storage.table;

import io.kadedb.common.data.Batch;
import io.kadedb.common.inverted.TermQuery;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.TableScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The rows that an inverted index finds, read by their keys some at a time. */
public final class TermScan implements TableScan {
    /** Reading a row by its key costs about as much as reading so many in order. */
    private static final int ROWS_IN_ORDER = 8;

    private final List<KeyRange> ranges;
    private final List<Split> splits = new ArrayList<>();

    private TermScan(
            TableView base, TermSearch search, TermQuery query, List<Integer> columns, Consumer<byte[]> reads) {
        TermSearch.Rows rows = search.find(query);
        this.ranges = search.ranges();
        for (int from = 0; from < rows.count(); from += Batch.MAX_ROWS) {
            splits.add(new Found(base, rows, from, Math.min(rows.count(), from + Batch.MAX_ROWS), columns, reads));
        }
    }

    /**
     * Searches, unless reading all rows seems to be cheaper.
     *
     * @param entries the index as the statement sees it
     * @param tableRows about how many rows there are
     * @param reads is told the logical key of each row that is read
     */
    public static Optional<TermScan> of(
            TableView base,
            IndexTable index,
            TableView entries,
            TermQuery query,
            List<Integer> columns,
            long tableRows,
            Consumer<byte[]> reads) {
        TermSearch search = new TermSearch(index, entries);
        if (query.isAll() || search.estimate(query) > Math.max(Batch.MAX_ROWS, tableRows / ROWS_IN_ORDER)) {
            return Optional.empty();
        }
        return Optional.of(new TermScan(base, search, query, columns, reads));
    }

    /** The ranges of entries that the rows depend on. */
    public List<KeyRange> ranges() {
        return ranges;
    }

    @Override
    public List<Split> splits() {
        return splits;
    }

    private record Found(
            TableView base, TermSearch.Rows found, int from, int to, List<Integer> columns, Consumer<byte[]> reads)
            implements Split {
        @Override
        public long rows() {
            return (long) to - from;
        }

        @Override
        public BatchSource open() {
            return new KeyLookup(base, columns, found.key(), from, to, reads);
        }
    }
}
