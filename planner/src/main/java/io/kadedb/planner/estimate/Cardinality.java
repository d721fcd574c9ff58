package io.kadedb.planner.estimate;

import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.api.StatisticsSource;
import io.kadedb.planner.api.StatisticsSource.Column;
import io.kadedb.planner.graph.LogicalPathSearch;
import io.kadedb.planner.lower.ExprBuilder;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.rel.DeterminedColumns;
import io.kadedb.planner.rel.LogicalAsofJoin;
import io.kadedb.planner.validate.KadeTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Rows and distinct values of relations, from the tables' statistics. Used by one thread for one statement. */
public final class Cardinality {
    /** Rows of a table of which nothing is known. */
    static final double UNKNOWN_ROWS = 1000;

    private static final Column NOTHING_KNOWN = new Column(0, 0.01, null, null);

    private final StatisticsSource statistics;
    private final ExprBuilder expressions;
    private final IdentityHashMap<RelNode, Double> rows = new IdentityHashMap<>();
    private final Map<Long, StatisticsSource.Statistics> tables = new HashMap<>();

    public Cardinality(StatisticsSource statistics, ExprBuilder expressions) {
        this.statistics = statistics;
        this.expressions = expressions;
    }

    /** Rows a relation is expected to give; at least one, unless it is known to be empty. */
    public double rows(RelNode rel) {
        Double known = rows.get(rel);
        if (known == null) {
            known = estimate(rel);
            rows.put(rel, known);
        }
        return known;
    }

    private double estimate(RelNode rel) {
        return switch (rel) {
            case TableScan scan -> Math.max(1, scanRows(scan));
            case Values values -> values.getTuples().size();
            case Filter filter -> filtered(filter.getInput(), filter.getCondition());
            case Join join -> join(join);
            case Aggregate aggregate -> groups(aggregate);
            case Sort sort -> limited(sort);
            case Union union -> {
                double sum = 0;
                for (RelNode input : union.getInputs()) {
                    sum += rows(input);
                }
                yield union.all ? sum : Math.max(1, sum * 0.8);
            }
            case Intersect intersect -> rows(intersect.getInput(0)) * 0.5;
            case Minus minus -> rows(minus.getInput(0)) * 0.5;
            case LogicalPathSearch search -> pathSearch(search);
            case LogicalAsofJoin join ->
                rows(join.getLeft()) + (join.type().generatesNullsOnLeft() ? rows(join.getRight()) : 0);
            case Correlate correlate ->
                correlate.getJoinType().projectsRight()
                        ? Math.max(1, rows(correlate.getLeft()) * Math.max(1, rows(correlate.getRight())))
                        : Math.max(1, rows(correlate.getLeft()) * 0.5);
            default -> rel.getInputs().isEmpty() ? UNKNOWN_ROWS : rows(rel.getInput(0));
        };
    }

    /** Most vertices of real graphs are connected; of walks there are as many as edges give, as far as they are counted. */
    private double pathSearch(LogicalPathSearch search) {
        double pairs = rows(search.left()) * rows(search.right());
        return Math.max(1, pairs * 0.5);
    }

    private double scanRows(TableScan scan) {
        KadeTable.Stored stored = scan.getTable().unwrap(KadeTable.Stored.class);
        if (stored != null) {
            return statistics(stored).rows();
        }
        KadeTable.Given given = scan.getTable().unwrap(KadeTable.Given.class);
        if (given != null) {
            return given.rows();
        }
        if (scan.getTable().unwrap(KadeTable.SystemTable.class) != null) {
            return KadeTable.SystemTable.ROWS;
        }
        KadeTable.InFile file = scan.getTable().unwrap(KadeTable.InFile.class);
        return file == null ? UNKNOWN_ROWS : file.rows();
    }

    private StatisticsSource.Statistics statistics(KadeTable.Stored table) {
        return tables.computeIfAbsent(table.definition().id(), id -> statistics.of(table.definition()));
    }

    /** Rows of a relation that pass a condition. */
    public double filtered(RelNode input, RexNode condition) {
        return Math.max(1, rows(input) * selectivity(input, condition));
    }

    /** The share of a relation's rows for which a condition is true. */
    public double selectivity(RelNode input, RexNode condition) {
        return new Selectivity(index -> column(input, index), index -> remaining(input, index))
                .of(expression(input.getRowType(), condition));
    }

    private Expr expression(RelDataType row, RexNode condition) {
        return expressions.build(condition, index -> {
            RelDataType type = row.getFieldList().get(index).getType();
            return new Expr.Column(index, SqlTypes.fromRelDataType(type), type.isNullable());
        });
    }

    private double join(Join join) {
        double left = rows(join.getLeft());
        double right = rows(join.getRight());
        double matches = left * right * joinSelectivity(join);
        JoinRelType type = join.getJoinType();
        return switch (type) {
            case INNER, ASOF -> Math.max(1, matches);
            case LEFT, LEFT_ASOF -> Math.max(left, matches);
            case RIGHT -> Math.max(right, matches);
            case FULL -> Math.max(left + right, matches);
            case SEMI -> Math.max(1, Math.min(left, semi(join, left)));
            case ANTI, LEFT_MARK -> Math.max(1, left - Math.min(left * 0.9, semi(join, left)));
        };
    }

    private double semi(Join join, double left) {
        double distinctShare = 1;
        JoinKeys keys = JoinKeys.of(join);
        if (keys.left().isEmpty()) {
            return left * 0.5;
        }
        for (int i = 0; i < keys.left().size(); i++) {
            double leftDistinct = distinct(join.getLeft(), keys.left().get(i));
            double rightDistinct = distinct(join.getRight(), keys.right().get(i));
            distinctShare = Math.min(distinctShare, Math.min(1, rightDistinct / Math.max(1, leftDistinct)));
        }
        return left * distinctShare;
    }

    private double joinSelectivity(Join join) {
        if (join.getCondition().isAlwaysTrue()) {
            return 1;
        }
        int leftFields = join.getLeft().getRowType().getFieldCount();
        RelDataType both = join.getLeft()
                .getCluster()
                .getTypeFactory()
                .builder()
                .addAll(join.getLeft().getRowType().getFieldList())
                .addAll(join.getRight().getRowType().getFieldList())
                .build();
        Selectivity selectivity = new Selectivity(
                index -> index < leftFields
                        ? column(join.getLeft(), index)
                        : column(join.getRight(), index - leftFields),
                index -> remaining(join, index));
        double independent = selectivity.of(expression(both, join.getCondition()));
        return Math.max(independent, keySelectivity(join));
    }

    /**
     * The share of pairs that match on several columns, at least: columns of one key are not independent. Each row of the
     * side that refers to the whole key of the other has its one partner.
     */
    private double keySelectivity(Join join) {
        JoinKeys keys = JoinKeys.of(join);
        if (keys.left().size() < 2
                || keys.left().size()
                        < RelOptUtil.conjunctions(join.getCondition()).size()) {
            return 0;
        }
        double left = keyRows(join.getLeft(), keys.left());
        double right = keyRows(join.getRight(), keys.right());
        double rows = left > 0 && right > 0 ? Math.min(left, right) : Math.max(left, right);
        return rows > 0 ? 1 / rows : 0;
    }

    /** The rows of the table whose whole key these columns are; 0 if they are none. */
    private double keyRows(RelNode rel, List<Integer> columns) {
        IdentityHashMap<TableScan, List<Integer>> origins = new IdentityHashMap<>();
        for (int column : columns) {
            origin(rel, column, origins);
        }
        double rows = 0;
        for (Map.Entry<TableScan, List<Integer>> entry : origins.entrySet()) {
            KadeTable.Stored stored = entry.getKey().getTable().unwrap(KadeTable.Stored.class);
            if (stored != null
                    && stored.definition().hasPrimaryKey()
                    && entry.getValue().containsAll(stored.definition().primaryKey())) {
                rows = Math.max(rows, scanRows(entry.getKey()));
            }
        }
        return rows;
    }

    private static void origin(RelNode rel, int column, IdentityHashMap<TableScan, List<Integer>> origins) {
        switch (rel) {
            case TableScan scan ->
                origins.computeIfAbsent(scan, key -> new ArrayList<>()).add(column);
            case Filter filter -> origin(filter.getInput(), column, origins);
            case Project project -> {
                if (project.getProjects().get(column) instanceof RexInputRef ref) {
                    origin(project.getInput(), ref.getIndex(), origins);
                }
            }
            case Join join -> {
                int left = join.getLeft().getRowType().getFieldCount();
                origin(
                        column < left ? join.getLeft() : join.getRight(),
                        column < left ? column : column - left,
                        origins);
            }
            default -> {}
        }
    }

    private double groups(Aggregate aggregate) {
        if (aggregate.getGroupCount() == 0) {
            return 1;
        }
        double input = rows(aggregate.getInput());
        double groups = 1;
        ImmutableBitSet keys = aggregate.getGroupSet();
        for (int key : keys.except(DeterminedColumns.redundant(aggregate.getInput(), keys))) {
            groups *= distinct(aggregate.getInput(), key);
        }
        return Math.max(1, Math.min(input, groups));
    }

    private double limited(Sort sort) {
        double input = rows(sort.getInput());
        if (sort.fetch instanceof RexLiteral literal && !literal.isNull()) {
            BigDecimal fetch = literal.getValueAs(BigDecimal.class);
            return fetch == null ? input : Math.min(input, fetch.doubleValue());
        }
        return input;
    }

    /** How many values a column has. */
    public double distinct(RelNode rel, int index) {
        double known = column(rel, index).distinct();
        double rows = Math.max(1, rows(rel));
        return known > 0 ? Math.min(known, rows) : Math.max(1, Math.min(rows, Math.max(rows / 10, 10)));
    }

    /** What is known of a column. */
    public Column column(RelNode rel, int index) {
        return switch (rel) {
            case TableScan scan -> scanned(scan, index);
            case Filter filter -> column(filter.getInput(), index);
            case Sort sort -> column(sort.getInput(), index);
            case Project project ->
                project.getProjects().get(index) instanceof RexInputRef ref
                        ? column(project.getInput(), ref.getIndex())
                        : NOTHING_KNOWN;
            case Join join -> {
                int left = join.getLeft().getRowType().getFieldCount();
                yield index < left ? column(join.getLeft(), index) : column(join.getRight(), index - left);
            }
            case LogicalAsofJoin join -> {
                int left = join.getLeft().getRowType().getFieldCount();
                yield index < left ? column(join.getLeft(), index) : column(join.getRight(), index - left);
            }
            case LogicalPathSearch search -> {
                int left = search.left().getRowType().getFieldCount();
                int right = search.right().getRowType().getFieldCount();
                yield index < left
                        ? column(search.left(), index)
                        : index < left + right ? column(search.right(), index - left) : NOTHING_KNOWN;
            }
            case Aggregate aggregate -> {
                List<Integer> keys = aggregate.getGroupSet().asList();
                yield index < keys.size()
                        ? grouped(aggregate, column(aggregate.getInput(), keys.get(index)))
                        : NOTHING_KNOWN;
            }
            default -> NOTHING_KNOWN;
        };
    }

    /**
     * How many values of a column the conditions below leave at most; 0 if that is not known. Keys are joined by the
     * values their tables have, since those that one side lost have lost their partners too.
     */
    private double remaining(RelNode rel, int index) {
        return switch (rel) {
            case Filter filter -> Math.min(remaining(filter.getInput(), index), rows(filter));
            case Sort sort -> remaining(sort.getInput(), index);
            case Project project ->
                project.getProjects().get(index) instanceof RexInputRef ref
                        ? remaining(project.getInput(), ref.getIndex())
                        : 0;
            case Join join -> {
                int left = join.getLeft().getRowType().getFieldCount();
                yield index < left ? remaining(join.getLeft(), index) : remaining(join.getRight(), index - left);
            }
            default -> column(rel, index).distinct();
        };
    }

    private Column grouped(Aggregate aggregate, Column key) {
        return aggregate.getGroupCount() == 1 && key.distinct() <= 0
                ? new Column(rows(aggregate), key.nullFraction(), key.min(), key.max())
                : key;
    }

    private Column scanned(TableScan scan, int index) {
        KadeTable.Stored stored = scan.getTable().unwrap(KadeTable.Stored.class);
        if (stored == null) {
            return NOTHING_KNOWN;
        }
        List<Column> columns = statistics(stored).columns();
        Column column = index < columns.size() ? columns.get(index) : NOTHING_KNOWN;
        boolean onlyKey = stored.definition().primaryKey().equals(List.of(index));
        return column.distinct() <= 0 && onlyKey ? new Column(scanRows(scan), 0, column.min(), column.max()) : column;
    }
}
