package io.kadedb.planner.rel;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.validate.KadeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/**
 * Puts given rows back together: in FROM each part of them has a name, so that a query over them is validated like any
 * other; below the query they are one table again.
 */
public final class GivenRows extends RelShuttleImpl {
    private final String clause;

    private GivenRows(String clause) {
        this.clause = clause;
    }

    /**
     * The query with its parts joined to one scan.
     *
     * @param clause that the query stands for, as errors name it: it has one result for each row
     */
    public static RelNode joined(RelNode query, String clause) {
        return query.accept(new GivenRows(clause));
    }

    @Override
    public RelNode visit(LogicalJoin join) {
        return joined(join).orElseGet(() -> super.visit(join));
    }

    @Override
    public RelNode visit(TableScan scan) {
        return joined(scan).orElse(scan);
    }

    /** Values over the columns of parts, which lie one behind the other. */
    private record Joined(List<KadeTable.Part> parts, List<RexNode> values, List<RelDataTypeField> columns) {}

    private static Optional<RelNode> joined(RelNode rel) {
        Joined joined = collect(rel).orElse(null);
        if (joined == null) {
            return Optional.empty();
        }
        RelDataType row = rel.getCluster()
                .getTypeFactory()
                .createStructType(
                        joined.columns.stream().map(RelDataTypeField::getType).toList(),
                        IntStream.range(0, joined.columns.size())
                                .mapToObj(i -> "$" + i)
                                .toList());
        boolean plain = IntStream.range(0, joined.values.size())
                        .allMatch(i -> joined.values.get(i) instanceof RexInputRef ref && ref.getIndex() == i)
                && joined.values.size() == joined.columns.size();
        RelOptTable table = RelOptTableImpl.create(
                null,
                plain ? rel.getRowType() : row,
                List.of("$given"),
                joined.parts.getFirst().whole(),
                schema -> {
                    throw KadeException.internal("given rows are not read by Calcite", null);
                });
        RelNode scan = LogicalTableScan.create(rel.getCluster(), table, List.of());
        return Optional.of(
                plain
                        ? scan
                        : LogicalProject.create(
                                scan, List.of(), joined.values, rel.getRowType().getFieldNames(), Set.of()));
    }

    /** What is made of nothing but parts, joined and projected. */
    private static Optional<Joined> collect(RelNode rel) {
        return switch (rel) {
            case TableScan scan -> {
                KadeTable.Part part = scan.getTable().unwrap(KadeTable.Part.class);
                if (part == null) {
                    yield Optional.empty();
                }
                List<RelDataTypeField> fields = scan.getRowType().getFieldList();
                List<RexNode> values = new ArrayList<>();
                for (int i = 0; i < fields.size(); i++) {
                    values.add(new RexInputRef(i, fields.get(i).getType()));
                }
                yield Optional.of(new Joined(List.of(part), values, fields));
            }
            case LogicalProject project
            when !project.containsOver() -> collect(project.getInput()).map(input -> projected(project, input));
            case LogicalJoin join -> {
                Joined left = collect(join.getLeft()).orElse(null);
                Joined right = collect(join.getRight()).orElse(null);
                yield left == null || right == null ? Optional.empty() : Optional.of(beside(left, right));
            }
            default -> Optional.empty();
        };
    }

    private static Joined projected(LogicalProject project, Joined input) {
        RexShuttle replacing = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return input.values.get(ref.getIndex());
            }
        };
        return new Joined(input.parts, replacing.apply(project.getProjects()), input.columns);
    }

    private static Joined beside(Joined left, Joined right) {
        List<KadeTable.Part> parts = new ArrayList<>(left.parts);
        parts.addAll(right.parts);
        List<RexNode> values = new ArrayList<>(left.values);
        right.values.forEach(value -> values.add(RexUtil.shift(value, left.columns.size())));
        List<RelDataTypeField> columns = new ArrayList<>(left.columns);
        columns.addAll(right.columns);
        return new Joined(parts, values, columns);
    }

    @Override
    public RelNode visit(LogicalAggregate aggregate) {
        throw KadeException.of(ErrorCode.GROUPING_ERROR, "aggregate functions are not allowed in " + clause);
    }

    @Override
    public RelNode visit(LogicalProject project) {
        if (project.containsOver()) {
            throw KadeException.of(ErrorCode.WINDOWING_ERROR, "window functions are not allowed in " + clause);
        }
        return super.visit(project);
    }
}
