package io.kadedb.storage.api;

import java.util.List;

/** A scan cut into parts that threads may read at the same time. */
public interface TableScan {
    /** The parts: together every row once. */
    List<Split> splits();

    /** A part of a scan: a column segment, or a range of deltas. */
    interface Split {
        /** An upper bound of its rows. */
        long rows();

        BatchSource open();

        /** The same for who heeds {@link BatchSource#selection}: rows that are not to be seen are left out there, without a copy. */
        default BatchSource openSelected() {
            return open();
        }
    }
}
