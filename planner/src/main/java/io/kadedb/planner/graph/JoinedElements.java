package io.kadedb.planner.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * The elements of a pattern put together: those that joined edges connect are one component each, and path searches lead
 * from one component to another.
 */
final class JoinedElements {
    private final RexBuilder builder;
    private final List<Component> components = new ArrayList<>();

    /** Some variables joined; where the columns of each begin. */
    record Component(RelNode rel, Map<Integer, Integer> offsets) {
        RexNode column(int variable, int column) {
            return rel.getCluster().getRexBuilder().makeInputRef(rel, offsets.getOrDefault(variable, 0) + column);
        }

        int place(int variable, int column) {
            return offsets.getOrDefault(variable, 0) + column;
        }
    }

    /**
     * Joins what is not searched for.
     *
     * @param elements the rows of each variable
     */
    JoinedElements(List<RelNode> elements, List<MatchShape.Edge> joins, List<MatchShape.Edge> searches) {
        this.builder = elements.getFirst().getCluster().getRexBuilder();
        Set<Integer> searched = new LinkedHashSet<>();
        searches.forEach(edge -> searched.add(edge.variable()));
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            if (!searched.contains(i)) {
                rest.add(i);
            }
        }
        // Without a search nothing depends on components, and all are put side by side as written.
        while (!rest.isEmpty()) {
            Set<Integer> connected = searches.isEmpty() ? new LinkedHashSet<>(rest) : connected(rest.getFirst(), joins);
            List<Integer> members = rest.stream().filter(connected::contains).toList();
            rest.removeAll(members);
            components.add(component(members, elements, joins));
        }
    }

    private static Set<Integer> connected(int first, List<MatchShape.Edge> joins) {
        Set<Integer> connected = new LinkedHashSet<>(Set.of(first));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (MatchShape.Edge edge : joins) {
                Set<Integer> ends = new LinkedHashSet<>();
                ends.add(edge.variable());
                ends.add(edge.left().variable());
                ends.add(edge.right().variable());
                ends.remove(-1);
                if (ends.stream().anyMatch(connected::contains)) {
                    grown |= connected.addAll(ends);
                }
            }
        }
        return connected;
    }

    private static Component component(List<Integer> members, List<RelNode> elements, List<MatchShape.Edge> joins) {
        CrossedRelations crossed =
                new CrossedRelations(members.stream().map(elements::get).toList());
        Map<Integer, Integer> offsets = new LinkedHashMap<>();
        for (int i = 0; i < members.size(); i++) {
            offsets.put(members.get(i), crossed.offset(i));
        }
        for (MatchShape.Edge edge : joins) {
            for (MatchShape.End end : List.of(edge.left(), edge.right())) {
                if (members.contains(edge.variable()) && members.contains(end.variable())) {
                    crossed.equate(members.indexOf(edge.variable()), members.indexOf(end.variable()), end.keys());
                }
            }
        }
        return new Component(crossed.filtered(), offsets);
    }

    /** The component of a variable. */
    private Component of(int variable) {
        return components.stream()
                .filter(component -> component.offsets.containsKey(variable))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Adds a path search between two vertices.
     *
     * @param queries the edge's
     * @param keyWidth columns that tell vertices apart
     */
    void search(
            MatchShape.Edge edge,
            MatchShape.Repetition repetition,
            MatchShape.Search search,
            List<RelNode> queries,
            int keyWidth) {
        Component left = of(edge.left().variable());
        Component right = of(edge.right().variable());
        boolean apart = !left.equals(right);
        RelNode targets = apart ? right.rel : queries.get(2);
        int edgeKeys = 2 * keyWidth + search.edgeKeys();
        int hidden = search.priced() ? edgeKeys + 1 : edgeKeys;
        Hops hops = Hops.of(queries.getFirst(), hidden);
        LogicalPathSearch.Spec spec = new LogicalPathSearch.Spec(
                search.keys().stream()
                        .map(key -> left.place(edge.left().variable(), key))
                        .toList(),
                search.keys().stream().map(hops.keys()::get).toList(),
                search.keys().stream()
                        .map(key -> hops.keys().get(keyWidth + key))
                        .toList(),
                search.keys().stream()
                        .map(key -> apart ? right.place(edge.right().variable(), key) : key)
                        .toList(),
                hops.keys().subList(2 * keyWidth, edgeKeys),
                search.priced() ? Optional.of(hops.keys().get(edgeKeys)) : Optional.empty(),
                search.selection(),
                repetition.min(),
                repetition.max(),
                hops.calls());
        RelNode edges = hops.ending(queries.get(1), repetition.toEnd(), builder);
        RelNode found = new LogicalPathSearch(left.rel, edges, targets, spec);
        int leftWidth = left.rel.getRowType().getFieldCount();
        Map<Integer, Integer> offsets = new LinkedHashMap<>(left.offsets);
        if (apart) {
            right.offsets.forEach((variable, offset) -> offsets.put(variable, leftWidth + offset));
        } else {
            found = same(found, left, edge.right().variable(), leftWidth, search.keys());
        }
        // The hidden columns of the edge's query have no place: its visible ones begin where they would end.
        offsets.put(edge.variable(), leftWidth + targets.getRowType().getFieldCount() - hidden);
        components.remove(left);
        components.remove(right);
        components.add(new Component(found, offsets));
    }

    /** Where both ends are joined already: the end that was found must be the one that is there. */
    private RelNode same(RelNode found, Component left, int variable, int leftWidth, List<Integer> keys) {
        List<RexNode> conditions = new ArrayList<>();
        for (int key : keys) {
            conditions.add(CrossedRelations.equal(
                    builder,
                    new KeyMatch(key, key, true),
                    RexInputRef.of(left.place(variable, key), found.getRowType()),
                    RexInputRef.of(leftWidth + key, found.getRowType())));
        }
        return LogicalFilter.create(found, RexUtil.composeConjunction(builder, conditions));
    }

    /** Everything side by side. */
    Component all() {
        Component all = components.getFirst();
        for (Component next : components.subList(1, components.size())) {
            int width = all.rel.getRowType().getFieldCount();
            Map<Integer, Integer> offsets = new LinkedHashMap<>(all.offsets);
            next.offsets.forEach((variable, offset) -> offsets.put(variable, width + offset));
            RelNode rel = LogicalJoin.create(
                    all.rel, next.rel, List.of(), builder.makeLiteral(true), Set.of(), JoinRelType.INNER);
            all = new Component(rel, offsets);
        }
        return all;
    }
}
