package io.kadedb.planner.rel;

import io.kadedb.planner.graph.GraphElement;
import io.kadedb.planner.graph.GraphMatch;
import io.kadedb.planner.graph.PatternVariable;
import io.kadedb.planner.graph.SqlGraphPattern;
import io.kadedb.planner.validate.KadeValidator;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Calcite's converter with our graph patterns in FROM. */
final class KadeSqlToRel extends SqlToRelConverter {
    private final KadeValidator types;
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
}
