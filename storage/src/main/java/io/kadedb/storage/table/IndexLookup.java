package io.kadedb.storage.table;

import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.KeyWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows under keys of an index: its entries by search, then the rows of the table by their primary keys, unless the
 * entries hold all that is asked for. Owned by one thread.
 */
public final class IndexLookup implements BatchSource {
    private final IndexTable index;
    private final TableView entries;
    private final List<Integer> columns;
    private final List<ColumnBuffer> keys;
    private final int keyRows;
    private final Consumer<byte[]> reads;
    private final KeyEncoding encoding;
    private final RowFinder finder;
    private final NativeBatch batch;
    private final boolean covered;
    private final List<Integer> wanted;
    private final List<ColumnBuffer> found = new ArrayList<>();
    private int nextKey;
    private int nextFound;
    private int foundRows;

    /**
     * Makes a lookup.
     *
     * @param entries the index as the statement sees it
     * @param keys values of its leading columns
     * @param reads is told the logical key of each row
     */
    public IndexLookup(
            TableView base,
            IndexTable index,
            TableView entries,
            List<Integer> columns,
            Batch keys,
            Consumer<byte[]> reads) {
        this(base, index, entries, columns, buffers(keys), reads);
    }

    /** The same for keys on the heap. */
    public IndexLookup(
            TableView base,
            IndexTable index,
            TableView entries,
            List<Integer> columns,
            List<ColumnBuffer> keys,
            Consumer<byte[]> reads) {
        this.index = index;
        this.entries = entries;
        this.columns = columns;
        this.keys = List.copyOf(keys);
        this.keyRows = keys.getFirst().rows();
        this.reads = reads;
        this.encoding = base.keys();
        this.finder = new RowFinder(base);
        this.batch = new NativeBatch(base.storage().memory(), DeltaSplit.types(base.table(), columns));
        this.covered = base.table().covers(index.index(), columns);
        this.wanted = covered ? index.places(columns) : index.baseKey();
        List<SqlType> types = covered ? DeltaSplit.types(base.table(), columns) : KeyEncoding.types(base.table());
        types.forEach(type -> found.add(new ColumnBuffer(type)));
    }

    /** The ranges of entries that a lookup reads. */
    public static List<KeyRange> ranges(IndexTable index, TableView entries, Batch keys) {
        return ranges(index, entries, buffers(keys));
    }

    /** The same for keys on the heap. */
    public static List<KeyRange> ranges(IndexTable index, TableView entries, List<ColumnBuffer> columns) {
        List<KeyRange> ranges = new ArrayList<>();
        for (int row = 0; row < columns.getFirst().rows(); row++) {
            if (isSought(index, columns, row)) {
                ranges.add(range(index, entries, columns, row));
            }
        }
        return ranges;
    }

    private static List<ColumnBuffer> buffers(Batch keys) {
        List<ColumnBuffer> buffers = new ArrayList<>();
        for (ColumnVector column : keys.columns()) {
            ColumnBuffer buffer = new ColumnBuffer(column.type(), keys.length());
            buffer.addAll(column, 0, keys.length());
            buffers.add(buffer);
        }
        return buffers;
    }

    private static boolean isSought(IndexTable index, List<ColumnBuffer> key, int row) {
        return index.index().nullsNotDistinct() || key.stream().noneMatch(column -> column.isNull(row));
    }

    static KeyRange range(IndexTable index, TableView entries, List<ColumnBuffer> key, int row) {
        KeyWriter writer = new KeyWriter();
        key.forEach(column -> column.writeKey(row, writer));
        TableDefinition table = index.table();
        if (table.keyMode() == KeyMode.BUCKETED) {
            // Only whole keys of unique indexes can be sought: their tie-break is known.
            writer.addLong(0);
            byte[] exact = entries.keys().logical(writer.toBytes());
            return new KeyRange(exact, KeyLayout.concat(exact, new byte[1]));
        }
        byte[] begin = KeyLayout.concat(KeyLayout.rows(table.storageId()), writer.toBytes());
        return new KeyRange(begin, KeyLayout.behind(begin));
    }

    @Override
    public @Nullable Batch next() {
        batch.clear();
        int rows = 0;
        while (rows < Batch.MAX_ROWS) {
            if (nextFound == foundRows) {
                if (nextKey == keyRows) {
                    break;
                }
                findEntries(nextKey++);
                continue;
            }
            rows += read(nextFound++) ? 1 : 0;
        }
        return rows == 0 ? null : batch.toBatch(rows);
    }

    /** Gathers the primary keys of the rows under an index key, or what is to be read if the entries hold it. */
    private void findEntries(int key) {
        found.forEach(ColumnBuffer::clear);
        nextFound = 0;
        foundRows = 0;
        if (isSought(index, keys, key)) {
            foundRows =
                    new EntryFinder(index, entries, wanted, found).find(range(index, entries, keys, key), keys, key);
        }
    }

    private boolean read(int row) {
        if (covered) {
            for (int i = 0; i < found.size(); i++) {
                batch.columns().get(i).add(found.get(i), row);
            }
            return true;
        }
        byte[] ordered = encoding.ordered(found, row);
        byte[] logical = encoding.logical(ordered);
        reads.accept(logical);
        RowFinder.Found place = finder.find(ordered, logical, found, row);
        if (place == null) {
            return false;
        }
        finder.read(place, columns, batch.columns());
        return true;
    }

    @Override
    public void close() {
        batch.close();
    }
}
