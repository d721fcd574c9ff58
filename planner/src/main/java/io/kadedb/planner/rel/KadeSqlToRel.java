package io.kadedb.planner.rel;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.SqlAsof;
import io.kadedb.planner.algorithm.LogicalGraphAlgorithm;
import io.kadedb.planner.algorithm.SqlGraphAlgorithm;
import io.kadedb.planner.graph.GraphElement;
import io.kadedb.planner.graph.GraphMatch;
import io.kadedb.planner.graph.PatternVariable;
import io.kadedb.planner.graph.SqlGraphPattern;
import io.kadedb.planner.validate.KadeValidator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Calcite's converter with our graph patterns and joins in FROM. */
final class KadeSqlToRel extends SqlToRelConverter {
    private final KadeValidator types;
    /** The joins being converted, the innermost first. */
    private final Deque<SqlJoin> joins = new ArrayDeque<>();

    private boolean matches;

    KadeSqlToRel(
            RelOptTable.ViewExpander viewExpander,
            KadeValidator validator,
            Prepare.CatalogReader catalogReader,
            RelOptCluster cluster,
            SqlRexConvertletTable convertletTable,
            Config config) {
        super(viewExpander, validator, catalogReader, cluster, convertletTable, config);
        this.types = validator;
    }

    /** Whether a pattern was met, which {@code MatchExpansion} has to replace. */
    boolean hasMatches() {
        return matches;
    }

    /** Each variable of a pattern is one leaf, so that names find their columns. */
    @Override
    protected void convertFrom(Blackboard bb, @Nullable SqlNode from, @Nullable List<String> fieldNames) {
        if (from instanceof SqlJoin join) {
            joins.push(join);
            try {
                super.convertFrom(bb, from, fieldNames);
            } finally {
                joins.pop();
            }
            return;
        }
        if (from instanceof SqlGraphAlgorithm algorithm) {
            RelNode vertices =
                    convertQueryRecursive(algorithm.vertices(), false, null).project();
            RelNode edges =
                    convertQueryRecursive(algorithm.edges(), false, null).project();
            bb.setRoot(new LogicalGraphAlgorithm(vertices, edges, algorithm.spec()), true);
            return;
        }
        if (!(from instanceof SqlGraphPattern pattern)) {
            super.convertFrom(bb, from, fieldNames);
            return;
        }
        List<RelNode> elements = new ArrayList<>();
        for (PatternVariable variable : pattern.variables()) {
            List<RelNode> queries = new ArrayList<>();
            for (SqlNode query : pattern.queries(variable)) {
                queries.add(convertQueryRecursive(query, false, null).project());
            }
            RelDataType exposed = types.exposedType(variable);
            RelNode element = new GraphElement(cluster, queries, exposed);
            leaves.put(element, exposed.getFieldCount());
            elements.add(element);
        }
        matches = true;
        bb.setRoot(new GraphMatch(cluster, elements, pattern.shape()), false);
    }

    /** Called when both sides of the innermost join have been converted. */
    @Override
    protected RelNode createJoin(
            Blackboard bb, RelNode leftRel, RelNode rightRel, RexNode joinCond, JoinRelType joinType) {
        if (!(joins.peek() instanceof SqlAsof asof)) {
            return super.createJoin(bb, leftRel, rightRel, joinCond, joinType);
        }
        if (super.createJoin(bb, leftRel, rightRel, rexBuilder.makeLiteral(true), joinType) instanceof Correlate) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "the right side of an ASOF JOIN cannot refer to its left side")
                    .at(Positions.of(asof.getParserPosition()));
        }
        return AsofConditions.joined(asof, leftRel, rightRel, joinCond, joinType);
    }
}
