package io.kadedb.planner.rel;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.validate.KadeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;

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

    private static Optional<RelNode> joined(RelNode rel) {
        List<KadeTable.Part> parts = new ArrayList<>();
        if (!collect(rel, parts)) {
            return Optional.empty();
        }
        RelOptTable table = RelOptTableImpl.create(
                null, rel.getRowType(), List.of("$given"), parts.getFirst().whole(), schema -> {
                    throw KadeException.internal("given rows are not read by Calcite", null);
                });
        return Optional.of(LogicalTableScan.create(rel.getCluster(), table, List.of()));
    }

    /** Whether nothing but parts is joined. */
    private static boolean collect(RelNode rel, List<KadeTable.Part> parts) {
        if (rel instanceof TableScan scan) {
            KadeTable.Part part = scan.getTable().unwrap(KadeTable.Part.class);
            return part != null && parts.add(part);
        }
        return rel instanceof LogicalJoin join && collect(join.getLeft(), parts) && collect(join.getRight(), parts);
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
