package io.kadedb.jdbc.common;

import java.sql.ResultSetMetaData;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;

/** Rows that are all there, as those of catalog methods are. */
final class ReadyRows extends FrameResultSet {
    private final List<ColumnMetaData> described;

    /** @param rows lists of values */
    ReadyRows(ResultOwner owner, List<ColumnMetaData> described, List<Object> rows) {
        super(owner, ZoneOffset.UTC, 0, ValueColumn.of(described, rows), rows.size());
        this.described = described;
    }

    @Override
    protected int fetch(long offset) {
        return -1;
    }

    @Override
    protected void release() {
        // There is nothing that would have to be let go of.
    }

    @Override
    protected ResultSetMetaData describe() {
        return new ResultColumns(described);
    }
}
