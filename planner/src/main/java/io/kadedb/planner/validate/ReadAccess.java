package io.kadedb.planner.validate;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.gapfill.LogicalGapFill;
import io.kadedb.planner.rel.LogicalAsofJoin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Asks for SELECT on every table a query names, with the columns that any of its expressions reads, before anything is
 * planned.
 */
public final class ReadAccess {
    private final Map<String, TreeSet<Integer>> columns = new HashMap<>();
    private final Map<CorrelationId, List<RelNode>> outer = new HashMap<>();

    private ReadAccess() {}

    /** The ordinals of the columns that a query that was just translated reads, by the qualified names of tables. */
    public static Map<String, Set<Integer>> columns(RelNode query) {
        ReadAccess access = new ReadAccess();
        access.visit(query);
        access.mark(query, ImmutableBitSet.range(query.getRowType().getFieldCount()));
        return Map.copyOf(access.columns);
    }

    /** Checks a query that was just translated, with its subqueries in place. */
    public static void check(RelNode query, BoundCatalog catalog) {
        ReadAccess access = new ReadAccess();
        if (catalog.isForChange() && query instanceof Project project) {
            access.visitChange(project);
        } else {
            access.visit(query);
            access.mark(query, ImmutableBitSet.range(query.getRowType().getFieldCount()));
        }
        PlanningContext context = catalog.context();
        for (ViewDefinition view : catalog.usedViews()) {
            ObjectName object = new ObjectName(ObjectName.Kind.TABLE, view.schema(), view.name());
            context.access().check(context.principal(), Privilege.SELECT, object, List.of());
        }
        List<TableDefinition> tables = new ArrayList<>(catalog.used());
        catalog.given()
                .forEach(part -> part.definition()
                        .filter(table -> access.columns.containsKey(table.qualifiedName()) && !tables.contains(table))
                        .ifPresent(tables::add));
        catalog.target()
                .filter(target -> access.columns.containsKey(target.qualifiedName()) && !tables.contains(target))
                .ifPresent(tables::add);
        for (TableDefinition table : tables) {
            List<String> names = new ArrayList<>();
            access.columns
                    .getOrDefault(table.qualifiedName(), new TreeSet<>())
                    .forEach(ordinal -> names.add(table.columns().get(ordinal).name()));
            ObjectName object = new ObjectName(ObjectName.Kind.TABLE, table.schema(), table.name());
            context.access().check(context.principal(), Privilege.SELECT, object, names);
        }
    }

    /** The query of an UPDATE or DELETE: columns that are only carried along are not read. */
    private void visitChange(Project project) {
        visit(project.getInput());
        ImmutableBitSet.Builder read = ImmutableBitSet.builder();
        for (RexNode item : project.getProjects()) {
            if (!(item instanceof RexInputRef)) {
                collect(item, read);
            }
        }
        markInputs(project, read.build());
    }

    /** Each node's own expressions read columns of its inputs. */
    private void visit(RelNode rel) {
        rel.getInputs().forEach(this::visit);
        rel.getVariablesSet().forEach(id -> outer.put(id, rel.getInputs()));
        if (rel instanceof Correlate correlate) {
            outer.put(correlate.getCorrelationId(), List.of(correlate.getLeft()));
            mark(correlate.getLeft(), correlate.getRequiredColumns());
        }
        ImmutableBitSet.Builder read = ImmutableBitSet.builder();
        if (rel instanceof Aggregate aggregate) {
            read.addAll(aggregate.getGroupSet());
            aggregate.getAggCallList().forEach(call -> {
                call.getArgList().forEach(read::set);
                if (call.filterArg >= 0) {
                    read.set(call.filterArg);
                }
                call.getCollation().getKeys().forEach(read::set);
            });
        }
        if (rel instanceof Sort sort) {
            sort.getCollation().getKeys().forEach(read::set);
        }
        rel.accept(collector(read));
        markInputs(rel, read.build());
    }

    private void collect(RexNode node, ImmutableBitSet.Builder read) {
        node.accept(collector(read));
    }

    private RexShuttle collector(ImmutableBitSet.Builder read) {
        return new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                read.set(ref.getIndex());
                return ref;
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                visit(subQuery.rel);
                if (subQuery.getKind() != SqlKind.EXISTS) {
                    mark(
                            subQuery.rel,
                            ImmutableBitSet.range(subQuery.rel.getRowType().getFieldCount()));
                }
                subQuery.getOperands().forEach(operand -> operand.accept(this));
                return subQuery;
            }

            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                markOuter(access);
                return access;
            }
        };
    }

    private void markOuter(RexFieldAccess access) {
        access.getReferenceExpr().accept(new RexVisitorImpl<Void>(true) {
            @Override
            @SuppressWarnings("NullAway") // Void
            public Void visitCorrelVariable(RexCorrelVariable variable) {
                correlated.add(new Correlated(variable.id, access.getField().getIndex()));
                return null;
            }
        });
        resolve();
    }

    private record Correlated(CorrelationId id, int column) {}

    private final List<Correlated> correlated = new ArrayList<>();

    /** Outer columns are marked once the node that defines the variable is known. */
    private void resolve() {
        correlated.removeIf(column -> {
            List<RelNode> inputs = outer.get(column.id);
            if (inputs == null) {
                return false;
            }
            markColumn(inputs, column.column);
            return true;
        });
    }

    private void markInputs(RelNode rel, ImmutableBitSet read) {
        for (int column : read) {
            markColumn(rel.getInputs(), column);
        }
        resolve();
    }

    private void markColumn(List<RelNode> inputs, int column) {
        int at = column;
        for (RelNode input : inputs) {
            int count = input.getRowType().getFieldCount();
            if (at < count) {
                mark(input, ImmutableBitSet.of(at));
                return;
            }
            at -= count;
        }
    }

    /** Follows columns down to the tables; below a projection or aggregate its own expressions have marked them. */
    private void mark(RelNode rel, ImmutableBitSet read) {
        switch (rel) {
            case TableScan scan -> {
                KadeTable.Stored stored = scan.getTable().unwrap(KadeTable.Stored.class);
                if (stored != null) {
                    TreeSet<Integer> marked =
                            columns.computeIfAbsent(stored.definition().qualifiedName(), name -> new TreeSet<>());
                    read.forEach(column -> {
                        if (stored.ordinal(column) >= 0) {
                            marked.add(column);
                        }
                    });
                }
                KadeTable.Part part = scan.getTable().unwrap(KadeTable.Part.class);
                if (part != null && part.definition().isPresent()) {
                    TableDefinition table = part.definition().get();
                    ImmutableBitSet own =
                            read.intersect(ImmutableBitSet.range(table.columns().size()));
                    columns.computeIfAbsent(table.qualifiedName(), name -> new TreeSet<>())
                            .addAll(own.asList());
                }
            }
            case Filter filter -> mark(filter.getInput(), read);
            case Sort sort -> mark(sort.getInput(), read);
            case LogicalGapFill fill ->
                mark(
                        fill.getInput(),
                        read.intersect(ImmutableBitSet.range(
                                fill.getInput().getRowType().getFieldCount())));
            case Join join -> read.forEach(column -> markColumn(join.getInputs(), column));
            case LogicalAsofJoin join -> read.forEach(column -> markColumn(join.getInputs(), column));
            case Correlate correlate -> read.forEach(column -> markColumn(correlate.getInputs(), column));
            case SetOp set -> set.getInputs().forEach(input -> mark(input, read));
            default -> {}
        }
    }
}
