package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.AlterAction;
import io.kadedb.parser.ast.IntervalValue;
import io.kadedb.parser.ast.PartitionBy;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.TableOptions;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.AlterationStep;
import io.kadedb.planner.functions.AssignOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** How tables are partitioned, how long partitions are kept, and how they are dropped. */
final class PartitionPlanner {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final int MOST_MONTHS = 120_000;
    private static final long MOST_DAYS = 3_650_000;

    private final PlanningSession session;

    PartitionPlanner(PlanningSession session) {
        this.session = session;
    }

    /** A new table as its clauses partition it; the column is never NULL. */
    static TableDefinition partitioned(
            TableDefinition table, Optional<PartitionBy> by, Optional<TableOptions> options) {
        TableDefinition made = by.map(ranges -> withRanges(table, ranges)).orElse(table);
        return options.map(given -> withOptions(made, given)).orElse(made);
    }

    private static TableDefinition withRanges(TableDefinition table, PartitionBy by) {
        ColumnDefinition column = IndexPlanner.find(
                table.columns(),
                by.column(),
                "column \"" + by.column().text() + "\" named in partition key does not exist");
        if (column.isGenerated() && column.virtual()) {
            throw KadeException.of(ErrorCode.INVALID_OBJECT_DEFINITION, "cannot use virtual column in partition key")
                    .at(by.column().position())
                    .detail("Column \"" + column.name() + "\" is a virtual column.");
        }
        List<ColumnDefinition> columns = new ArrayList<>(table.columns());
        columns.set(columns.indexOf(column), column.withNullable(false));
        return table.withColumns(columns).withPartitioning(Optional.of(ranges(column, by)));
    }

    private static RangePartitioning ranges(ColumnDefinition column, PartitionBy by) {
        TypeId type = column.type().id();
        boolean number = type == TypeId.BIGINT;
        if (!number && type != TypeId.DATE && type != TypeId.TIMESTAMP && type != TypeId.TIMESTAMPTZ) {
            throw KadeException.of(
                            ErrorCode.INVALID_OBJECT_DEFINITION,
                            "a table cannot be partitioned by a column of type " + column.type())
                    .at(by.column().position())
                    .hint("use a column of type date, timestamp, timestamptz or bigint");
        }
        if (number != by.number().isPresent()) {
            throw invalid(
                    number
                            ? "the width of partitions of a bigint column is a number"
                            : "the width of partitions of a " + column.type() + " column is an interval",
                    by.width());
        }
        IntervalValue interval = by.interval().orElse(new IntervalValue(0, 0, 0));
        if (interval.months() != 0 && (interval.days() != 0 || interval.micros() != 0)) {
            throw invalid("the width of partitions is in months or in days and times, not both", by.width());
        }
        long micros = interval.micros() + interval.days() * MICROS_PER_DAY;
        boolean months = interval.months() != 0;
        if (type == TypeId.DATE && micros % MICROS_PER_DAY != 0) {
            throw invalid("partitions of a date column are of whole days", by.width());
        }
        long units = type == TypeId.DATE ? micros / MICROS_PER_DAY : micros;
        long width = number ? by.number().getAsLong() : months ? interval.months() : units;
        if (width < 1) {
            throw invalid("the width of partitions must be greater than zero", by.width());
        }
        return new RangePartitioning(column.id(), months, width, Optional.empty());
    }

    private static KadeException invalid(String message, SourcePosition place) {
        return KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, message).at(place);
    }

    private static TableDefinition withOptions(TableDefinition table, TableOptions options) {
        Optional<Interval> retention =
                options.retention().map(kept -> new Interval(kept.months(), kept.days(), kept.micros()));
        RangePartitioning ranges =
                table.partitioning().orElseThrow(() -> notPartitioned(table).at(options.position()));
        if (retention.isPresent()) {
            Interval kept = retention.get();
            ColumnDefinition column = table.columns().get(table.ordinalOfId(ranges.columnId()));
            if (column.type().id() == TypeId.BIGINT) {
                throw invalid("partitions of a bigint column have no age", options.position())
                        .hint("use ALTER TABLE .. DROP PARTITIONS BEFORE");
            }
            if (Math.min(Math.min(kept.months(), kept.days()), kept.micros()) < 0
                    || kept.equals(new Interval(0, 0, 0))) {
                throw invalid("the retention must be greater than zero", options.position());
            }
            if (kept.months() > MOST_MONTHS || kept.days() > MOST_DAYS || kept.micros() > MOST_DAYS * MICROS_PER_DAY) {
                throw invalid("the retention must be less than ten thousand years", options.position())
                        .hint("without a retention rows are kept for ever");
            }
        }
        return table.withPartitioning(Optional.of(ranges.withRetention(retention)));
    }

    private static KadeException notPartitioned(TableDefinition table) {
        return KadeException.of(ErrorCode.WRONG_OBJECT_TYPE, "table \"" + table.name() + "\" is not partitioned")
                .hint("tables are partitioned when they are made: CREATE TABLE .. PARTITION BY RANGE (ts INTERVAL '1"
                        + " day')");
    }

    /** SET and RESET. */
    TableDefinition withOptions(TableDefinition table, AlterAction.SetOptions set) {
        if (set.options().retention().isPresent()) {
            checkReferences(table, "set a retention for", set.options().position());
        }
        return withOptions(table, set.options());
    }

    /** DROP PARTITION, DROP PARTITIONS. */
    AlterationStep drop(TableDefinition table, AlterAction.DropPartitions drop) {
        SqlNode value = drop.value().node();
        SourcePosition place = Positions.of(value.getParserPosition());
        RangePartitioning ranges =
                table.partitioning().orElseThrow(() -> notPartitioned(table).at(place));
        checkReferences(table, "drop partitions of", place);
        ColumnDefinition column = table.columns().get(table.ordinalOfId(ranges.columnId()));
        SqlNode row = SqlStdOperatorTable.ROW.createCall(
                value.getParserPosition(), AssignOperator.to(column.name(), column.type(), value));
        return new AlterationStep.DropPartitions(
                table.schema(),
                table.name(),
                Targets.fitted(
                        table.withColumns(List.of(column)),
                        session.plan(SqlStdOperatorTable.VALUES.createCall(value.getParserPosition(), row))
                                .plan(),
                        0),
                drop.before());
    }

    /** DROP EXPIRED PARTITIONS. */
    AlterationStep drop(TableDefinition table, AlterAction.DropExpired drop) {
        if (table.partitioning().flatMap(RangePartitioning::retention).isEmpty()) {
            throw KadeException.of(
                            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "table \"" + table.name() + "\" has no retention")
                    .at(drop.position())
                    .hint("ALTER TABLE .. SET (retention = '30 days') gives it one");
        }
        return new AlterationStep.DropExpired(table.schema(), table.name());
    }

    /** Rows that others may refer to go one by one, so that the references are looked at. */
    private void checkReferences(TableDefinition table, String what, SourcePosition place) {
        List<TableDefinition> others = new ArrayList<>(ForeignKeyPlanner.referencing(session, table));
        if (table.foreignKeys().stream().anyMatch(key -> key.referencedTable() == table.id())) {
            others.add(table);
        }
        if (!others.isEmpty()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "cannot " + what + " a table referenced in a foreign key constraint")
                    .at(place)
                    .detail("Table \"" + others.getFirst().name() + "\" references \"" + table.name() + "\".")
                    .hint("DELETE looks at the references");
        }
    }

    /** A foreign key may not refer to rows that a retention takes away. */
    static void checkKept(TableDefinition referenced, String referencing, SourcePosition place) {
        if (referenced.partitioning().flatMap(RangePartitioning::retention).isPresent()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "foreign keys cannot refer to a table with a retention")
                    .at(place)
                    .detail("Table \"" + referencing + "\" would reference \"" + referenced.name() + "\".")
                    .hint("ALTER TABLE .. RESET (retention) keeps its rows");
        }
    }

    /** What the partitions of a table are made by stays as it is. */
    static void checkNotKey(TableDefinition table, int columnId, String what, SourcePosition place) {
        if (table.partitioning().filter(ranges -> ranges.columnId() == columnId).isPresent()) {
            throw KadeException.of(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "cannot " + what + " column \""
                                    + table.columns()
                                            .get(table.ordinalOfId(columnId))
                                            .name()
                                    + "\" because it is part of the partition key of relation \"" + table.name()
                                    + "\"")
                    .at(place);
        }
    }
}
