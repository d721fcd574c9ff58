package io.kadedb.server.script;

import static io.kadedb.parser.Identifiers.quoted;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.value.ValueText;
import java.time.ZoneOffset;

/** How a table is partitioned, in words. */
public final class PartitioningText {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private PartitioningText() {}

    /** The clauses of CREATE TABLE; empty for a table that is not partitioned. */
    static String clauses(TableDefinition table) {
        return table.partitioning()
                .map(ranges -> " PARTITION BY RANGE ("
                        + quoted(column(table, ranges).name())
                        + " " + width(column(table, ranges).type(), ranges) + ")"
                        + ranges.retention()
                                .map(kept -> " WITH (retention = '" + text(kept) + "')")
                                .orElse(""))
                .orElse("");
    }

    private static ColumnDefinition column(TableDefinition table, RangePartitioning ranges) {
        return table.columns().get(table.ordinalOfId(ranges.columnId()));
    }

    private static String width(SqlType type, RangePartitioning ranges) {
        if (type.id() == TypeId.BIGINT) {
            return Long.toString(ranges.width());
        }
        Interval interval;
        if (ranges.months()) {
            interval = new Interval(Math.toIntExact(ranges.width()), 0, 0);
        } else {
            long micros = type.id() == TypeId.DATE ? ranges.width() * MICROS_PER_DAY : ranges.width();
            interval = new Interval(0, Math.toIntExact(micros / MICROS_PER_DAY), micros % MICROS_PER_DAY);
        }
        return "INTERVAL '" + text(interval) + "'";
    }

    /** As PostgreSQL writes intervals. */
    public static String text(Interval interval) {
        return ValueText.of(interval, SqlType.INTERVAL, ZoneOffset.UTC);
    }
}
