package io.kadedb.planner.physical;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kadedb.common.error.KadeException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Prints a plan as PostgreSQL's EXPLAIN (FORMAT JSON) does, for tools that draw such plans: an array of one object whose
 * {@code Plan} is a node with {@code Node Type}, {@code Plan Rows}, what it does in PostgreSQL's words, and its inputs in
 * {@code Plans}. Nodes that PostgreSQL does not have are given the nearest of its names.
 */
public final class PlanJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PlanJson() {}

    /**
     * The text.
     *
     * @param measured further entries of a node, such as its actual rows
     * @param whole further entries beside {@code Plan}
     */
    public static String text(
            PhysicalPlan plan, Function<PhysicalPlan, Map<String, Number>> measured, Map<String, Number> whole) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        ObjectNode object = array.addObject();
        object.set("Plan", node(plan, measured));
        whole.forEach((name, value) -> object.putPOJO(name, value));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(array);
        } catch (JsonProcessingException e) {
            throw KadeException.internal("a plan cannot be written as JSON", e);
        }
    }

    private static ObjectNode node(PhysicalPlan plan, Function<PhysicalPlan, Map<String, Number>> measured) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("Node Type", type(plan));
        describe(plan, node);
        node.put("Plan Rows", Math.round(plan.rows()));
        measured.apply(plan).forEach((name, value) -> node.putPOJO(name, value));
        for (String detail : PlanPrinter.details(plan)) {
            int colon = detail.indexOf(": ");
            node.put(name(plan, detail.substring(0, colon)), detail.substring(colon + 2));
        }
        List<PhysicalPlan> inputs = plan.inputs();
        if (!inputs.isEmpty()) {
            ArrayNode plans = node.putArray("Plans");
            inputs.forEach(input -> plans.add(node(input, measured)));
        }
        return node;
    }

    private static String type(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.TableScan scan -> "Seq Scan";
            case PhysicalPlan.KeyLookup lookup -> lookup.covered() ? "Index Only Scan" : "Index Scan";
            case PhysicalPlan.TermScan scan -> "Bitmap Heap Scan";
            case PhysicalPlan.KeyRangeScan range -> range.covered() ? "Index Only Scan" : "Index Scan";
            case PhysicalPlan.FileScan scan -> "Foreign Scan";
            case PhysicalPlan.Values values -> "Values Scan";
            case PhysicalPlan.Filter filter -> "Result";
            case PhysicalPlan.Project project -> "Result";
            case PhysicalPlan.Aggregate aggregate -> "Aggregate";
            case PhysicalPlan.GroupingSets sets -> "Aggregate";
            case PhysicalPlan.FunctionScan scan -> "Function Scan";
            case PhysicalPlan.RecursiveUnion union -> "Recursive Union";
            case PhysicalPlan.WithChanges with -> "ModifyTable";
            case PhysicalPlan.SharedRows shared -> "Materialize";
            case PhysicalPlan.WorkingTable table -> "WorkTable Scan";
            case PhysicalPlan.Window window -> "WindowAgg";
            case PhysicalPlan.HashJoin join -> "Hash Join";
            case PhysicalPlan.AsofJoin join -> "Merge Join";
            case PhysicalPlan.NestedLoopJoin join -> "Nested Loop";
            case PhysicalPlan.Apply apply -> "Nested Loop";
            case PhysicalPlan.Check check -> "Result";
            case PhysicalPlan.GapFill fill -> "Custom Scan";
            case PhysicalPlan.Sort sort -> "Sort";
            case PhysicalPlan.Limit limit -> "Limit";
            case PhysicalPlan.LockRows lock -> "LockRows";
            case PhysicalPlan.UnionAll union -> "Append";
            case PhysicalPlan.PathSearch search -> "Recursive Union";
            case PhysicalPlan.GraphAlgorithm algorithm -> "Function Scan";
            case PhysicalPlan.SetOperation operation -> "SetOp";
            case PhysicalPlan.KeyJoin join -> "Nested Loop";
            case PhysicalPlan.Modify modify -> "ModifyTable";
        };
    }

    private static void describe(PhysicalPlan plan, ObjectNode node) {
        switch (plan) {
            case PhysicalPlan.TableScan scan -> table(scan.table(), node);
            case PhysicalPlan.KeyLookup lookup -> {
                lookup.index().ifPresent(index -> node.put("Index Name", index));
                table(lookup.table(), node);
            }
            case PhysicalPlan.TermScan scan -> {
                node.put("Index Name", scan.index())
                        .put("Index Cond", scan.condition().text(scan.parts()));
                table(scan.table(), node);
            }
            case PhysicalPlan.KeyRangeScan range -> {
                node.put("Scan Direction", range.descending() ? "Backward" : "Forward");
                range.index().ifPresent(index -> node.put("Index Name", index));
                table(range.table(), node);
            }
            case PhysicalPlan.Check check -> table(check.table(), node);
            case PhysicalPlan.FileScan scan -> node.put("File", scan.path()).put("File Format", scan.format());
            case PhysicalPlan.Aggregate aggregate ->
                node.put("Strategy", aggregate.keys().isEmpty() ? "Plain" : "Hashed");
            case PhysicalPlan.HashJoin join -> node.put("Join Type", word(join.type()));
            case PhysicalPlan.AsofJoin join -> node.put("Join Type", word(join.type()));
            case PhysicalPlan.NestedLoopJoin join -> node.put("Join Type", word(join.type()));
            case PhysicalPlan.Apply apply -> node.put("Join Type", word(apply.type()));
            case PhysicalPlan.SetOperation operation ->
                node.put("Command", word(operation.kind()) + (operation.all() ? " All" : ""));
            case PhysicalPlan.Modify modify -> {
                node.put("Operation", word(modify.operation()));
                table(modify.table(), node);
            }
            case PhysicalPlan.KeyJoin join -> {
                node.put("Join Type", "Inner");
                table(join.table(), node);
            }
            case PhysicalPlan.Values values -> {}
            case PhysicalPlan.Filter filter -> {}
            case PhysicalPlan.Project project -> {}
            case PhysicalPlan.GroupingSets sets -> node.put("Strategy", "Mixed");
            case PhysicalPlan.FunctionScan scan ->
                node.put("Function Name", scan.function().sqlName());
            case PhysicalPlan.RecursiveUnion union -> {}
            case PhysicalPlan.WithChanges with -> {}
            case PhysicalPlan.SharedRows shared -> {}
            case PhysicalPlan.WorkingTable table -> {}
            case PhysicalPlan.Window window -> {}
            case PhysicalPlan.GapFill fill -> node.put("Custom Plan Provider", "Gap Fill");
            case PhysicalPlan.Sort sort -> {}
            case PhysicalPlan.Limit limit -> {}
            case PhysicalPlan.LockRows lock -> {}
            case PhysicalPlan.UnionAll union -> {}
            case PhysicalPlan.GraphAlgorithm algorithm ->
                node.put("Function Name", algorithm.function().sqlName());
            case PhysicalPlan.PathSearch search ->
                node.put("Paths", search.selection().sql());
        }
    }

    private static void table(PhysicalPlan.TableRef table, ObjectNode node) {
        node.put("Relation Name", table.name()).put("Schema", table.schema());
    }

    private static String word(Enum<?> value) {
        String name = value.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** PostgreSQL's name of what the drawn plan calls by a word of ours. */
    private static String name(PhysicalPlan plan, String word) {
        return switch (word) {
            case "columns", "gives", "returning" -> "Output";
            case "where" -> "Filter";
            case "keys", "range" -> "Index Cond";
            case "on" -> plan instanceof PhysicalPlan.HashJoin ? "Hash Cond" : "Join Filter";
            case "and" -> "Join Filter";
            case "by" ->
                plan instanceof PhysicalPlan.Aggregate || plan instanceof PhysicalPlan.GroupingSets
                        ? "Group Key"
                        : "Sort Key";
            default -> Character.toUpperCase(word.charAt(0)) + word.substring(1);
        };
    }
}
