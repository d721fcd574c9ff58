package io.kadedb.planner.lower;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.algorithm.AlgorithmSpec;
import io.kadedb.planner.algorithm.LogicalGraphAlgorithm;
import io.kadedb.planner.lower.JoinPlanner.WithKeys;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Lowers graph algorithms: all that names a vertex gets one type, and vertices come by key, so that they have the same
 * numbers in each run, and sums of fractions the same last digits.
 */
final class AlgorithmPlanner {
    private AlgorithmPlanner() {}

    static Lowered lower(LogicalGraphAlgorithm algorithm, PhysicalPlanner planner, ExprBuilder expressions) {
        AlgorithmSpec spec = algorithm.spec();
        int width = spec.keyWidth();
        Lowered vertices = all(algorithm.getLeft(), planner);
        Lowered edges = all(algorithm.getRight(), planner);
        List<Expr> own = new ArrayList<>();
        List<Expr> sources = new ArrayList<>();
        List<Expr> destinations = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            Expr key = vertices.column(i);
            Expr source = edges.column(i);
            Expr destination = edges.column(width + i);
            SqlType common = Comparisons.common(Comparisons.common(key.type(), source.type()), destination.type());
            own.add(converted(key, common, expressions));
            sources.add(converted(source, common, expressions));
            destinations.add(converted(destination, common, expressions));
        }
        sources.addAll(destinations);
        WithKeys vertexInput = WithKeys.of(vertices, own);
        WithKeys edgeInput = WithKeys.of(edges, sources);
        int next = width;
        Optional<Integer> label = spec.several() ? Optional.of(vertices.place(next++)) : Optional.empty();
        Optional<Integer> source = spec.hasSources() ? Optional.of(vertices.place(next)) : Optional.empty();
        Optional<Integer> weight = spec.hasWeights() ? Optional.of(edges.place(2 * width)) : Optional.empty();
        List<Field> output = PhysicalPlanner.fields(
                algorithm, ImmutableBitSet.range(algorithm.getRowType().getFieldCount()));
        PhysicalPlan byKey = vertexInput.lowered().plan();
        List<PhysicalPlan.SortKey> order = vertexInput.keys().stream()
                .map(column -> new PhysicalPlan.SortKey(column, false, true))
                .toList();
        return Lowered.identity(new PhysicalPlan.GraphAlgorithm(
                new PhysicalPlan.Sort(byKey, order, Optional.empty(), Optional.empty(), byKey.rows()),
                edgeInput.lowered().plan(),
                spec.function(),
                vertexInput.keys(),
                edgeInput.keys().subList(0, width),
                edgeInput.keys().subList(width, 2 * width),
                label,
                source,
                weight,
                spec.directed(),
                spec.numbers(),
                output,
                byKey.rows()));
    }

    private static Lowered all(RelNode rel, PhysicalPlanner planner) {
        int fields = rel.getRowType().getFieldCount();
        return planner.lower(rel, ImmutableBitSet.range(fields))
                .arranged(IntStream.range(0, fields).boxed().toList(), fields);
    }

    private static Expr converted(Expr key, SqlType common, ExprBuilder expressions) {
        return key.type().isText() ? key : expressions.cast(key, common);
    }
}
