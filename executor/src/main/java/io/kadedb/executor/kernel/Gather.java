package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT32;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.SqlType;
import java.lang.foreign.MemorySegment;

/**
 * Compacts a column: copies chosen rows into a fresh vector that it owns, overwritten by the next call. Dictionary
 * vectors stay encoded. Belongs to one thread.
 */
public final class Gather implements AutoCloseable {
    private final VectorBuilder plain;
    private final VectorBuilder codes;

    public Gather(SqlType type, MemoryPool memory) {
        this.plain = new VectorBuilder(type, memory);
        this.codes = new VectorBuilder(SqlType.INTEGER, memory);
    }

    /** The rows, in the order given; valid until the next call. */
    public ColumnVector gather(ColumnVector source, int[] rows, int count) {
        ColumnVector dictionary = source.dictionary();
        if (dictionary == null) {
            plain.clear();
            plain.append(source, rows, count);
            return plain.build();
        }
        codes.clear();
        codes.append(
                ColumnVector.fixed(SqlType.INTEGER, source.length(), source.data(), source.validity()), rows, count);
        ColumnVector gathered = codes.build();
        return ColumnVector.dictionary(count, gathered.data(), gathered.validity(), dictionary);
    }

    /** The rows, in the order given, where a negative row number gives NULL; valid until the next call. */
    public ColumnVector gatherOrNull(ColumnVector source, int[] rows, int count) {
        plain.clear();
        plain.appendOrNull(source, rows, count);
        return plain.build();
    }

    /** The code of a row of a dictionary vector. */
    public static int code(MemorySegment codes, int row) {
        return codes.get(INT32, 4L * row);
    }

    @Override
    public void close() {
        plain.close();
        codes.close();
    }
}
