package io.kadedb.server.session;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Layout;
import java.util.ArrayList;
import java.util.List;

/** Rows of a statement that has run before its client reads them, copied out of the executor's memory. */
final class ReturnedRows {
    private final long limitBytes;
    private final List<Batch> batches = new ArrayList<>();
    private long bytes;
    private long count;

    /** @param limitBytes the most that is kept; more is refused */
    ReturnedRows(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /**
     * Copies rows.
     *
     * @throws KadeException 53200 when they are too many
     */
    void add(Batch batch) {
        if (batch.length() == 0) {
            return;
        }
        for (ColumnVector column : batch.columns()) {
            bytes += bytes(column);
        }
        if (bytes > limitBytes) {
            throw KadeException.of(
                            ErrorCode.OUT_OF_MEMORY,
                            "the rows to be returned take more than the " + limitBytes + " bytes a statement may use")
                    .hint("return fewer columns, change fewer rows at once, or raise the memory limit");
        }
        count += batch.length();
        batches.add(BatchCopy.of(batch));
    }

    private static long bytes(ColumnVector column) {
        ColumnVector dictionary = column.dictionary();
        if (dictionary != null) {
            return 4L * column.length() + bytes(dictionary);
        }
        if (column.type().layout() == Layout.VARBYTES) {
            return column.length() == 0
                    ? 0
                    : 4L * column.length() + column.data().get(ColumnVector.INT32, 4L * column.length());
        }
        return (long) Math.max(1, column.type().layout().width()) * column.length();
    }

    List<Batch> batches() {
        return batches;
    }

    long count() {
        return count;
    }
}
