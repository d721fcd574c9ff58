package io.kadedb.planner.lower;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.estimate.Cardinality;
import io.kadedb.planner.graph.LogicalPathSearch;
import io.kadedb.planner.lower.JoinPlanner.WithKeys;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.PathSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Lowers path searches: all that names a vertex gets one type, and only aggregates that are needed are kept. */
final class PathPlanner {
    private final PhysicalPlanner planner;
    private final ExprBuilder expressions;
    private final Cardinality cardinality;

    PathPlanner(PhysicalPlanner planner, ExprBuilder expressions, Cardinality cardinality) {
        this.planner = planner;
        this.expressions = expressions;
        this.cardinality = cardinality;
    }

    Lowered lower(LogicalPathSearch search, ImmutableBitSet needed) {
        LogicalPathSearch.Spec spec = search.spec();
        int leftFields = search.left().getRowType().getFieldCount();
        int rightFields = search.right().getRowType().getFieldCount();
        int firstCall = leftFields + rightFields + 1;
        List<Integer> kept = new ArrayList<>();
        ImmutableBitSet.Builder ofEdges = ImmutableBitSet.builder()
                .addAll(spec.sources())
                .addAll(spec.destinations())
                .addAll(spec.edgeKeys());
        spec.cost().ifPresent(ofEdges::set);
        for (int i = 0; i < spec.calls().size(); i++) {
            if (needed.get(firstCall + i)) {
                kept.add(i);
                AggregatePlanner.addInputs(spec.calls().get(i), ofEdges);
            }
        }
        Lowered left = side(search.left(), needed.intersect(ImmutableBitSet.range(leftFields)), spec.leftKeys());
        Lowered right = side(
                search.right(),
                needed.intersect(ImmutableBitSet.range(leftFields, leftFields + rightFields))
                        .shift(-leftFields),
                spec.rightKeys());
        ImmutableBitSet edgeColumns = ofEdges.build();
        Lowered edges = planner.lower(search.edges(), edgeColumns).pruned(edgeColumns);
        Keys keys = keys(spec, left, edges, right);
        WithKeys leftInput = WithKeys.of(left, keys.left);
        WithKeys rightInput = WithKeys.of(right, keys.right);
        WithKeys edgeInput = WithKeys.of(edges, keys.edges);

        List<Field> output = new ArrayList<>(leftInput.lowered().plan().output());
        int shift = output.size();
        output.addAll(rightInput.lowered().plan().output());
        int[] at = Arrays.copyOf(left.at(), search.getRowType().getFieldCount());
        Arrays.fill(at, leftFields, at.length, -1);
        for (int i = 0; i < rightFields; i++) {
            at[leftFields + i] = right.at()[i] < 0 ? -1 : shift + right.at()[i];
        }
        at[firstCall - 1] = output.size();
        output.add(new Field("length", SqlType.BIGINT, false));
        List<PhysicalPlan.AggregateCall> calls = new ArrayList<>();
        for (int index : kept) {
            PhysicalPlan.AggregateCall call = AggregatePlanner.call(spec.calls().get(index), edgeInput.lowered());
            at[firstCall + index] = output.size();
            output.add(new Field(call.function().sqlName(), call.type(), true));
            calls.add(call);
        }
        int width = spec.leftKeys().size();
        PhysicalPlan plan = new PathSearch(
                leftInput.lowered().plan(),
                edgeInput.lowered().plan(),
                rightInput.lowered().plan(),
                leftInput.keys(),
                edgeInput.keys().subList(0, width),
                edgeInput.keys().subList(width, 2 * width),
                rightInput.keys(),
                edgeInput.keys().subList(2 * width, 2 * width + spec.edgeKeys().size()),
                spec.cost().map(column -> edgeInput.keys().getLast()),
                spec.selection(),
                spec.min(),
                spec.max(),
                calls,
                output,
                cardinality.rows(search));
        return new Lowered(plan, at);
    }

    private Lowered side(RelNode rel, ImmutableBitSet needed, List<Integer> keys) {
        ImmutableBitSet columns = needed.union(ImmutableBitSet.of(keys));
        return planner.lower(rel, columns).pruned(columns);
    }

    /** What names vertices, in one type everywhere; of edges: sources, destinations, what names edges, their cost. */
    private record Keys(List<Expr> left, List<Expr> edges, List<Expr> right) {}

    private Keys keys(LogicalPathSearch.Spec spec, Lowered left, Lowered edges, Lowered right) {
        int width = spec.leftKeys().size();
        Keys keys = new Keys(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<Expr> destinations = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            Expr begin = left.column(spec.leftKeys().get(i));
            Expr source = edges.column(spec.sources().get(i));
            Expr destination = edges.column(spec.destinations().get(i));
            Expr end = right.column(spec.rightKeys().get(i));
            SqlType common = Comparisons.common(
                    Comparisons.common(begin.type(), source.type()),
                    Comparisons.common(destination.type(), end.type()));
            keys.left.add(converted(begin, common));
            keys.edges.add(converted(source, common));
            destinations.add(converted(destination, common));
            keys.right.add(converted(end, common));
        }
        keys.edges.addAll(destinations);
        spec.edgeKeys().forEach(column -> keys.edges.add(edges.column(column)));
        spec.cost().ifPresent(column -> keys.edges.add(edges.column(column)));
        return keys;
    }

    private Expr converted(Expr key, SqlType common) {
        return key.type().isText() ? key : expressions.cast(key, common);
    }
}
