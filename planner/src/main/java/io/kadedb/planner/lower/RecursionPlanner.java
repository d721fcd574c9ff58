package io.kadedb.planner.lower;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.estimate.Cardinality;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Spool;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.TransientTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.Util;

/** Lowers recursive queries. The working table has the types of the seed, as in PostgreSQL. */
final class RecursionPlanner {
    private final PhysicalPlanner planner;
    private final ExprBuilder expressions;
    private final Cardinality cardinality;
    /** The recursions around what is being lowered, the innermost first. */
    private final Deque<Recursion> around = new ArrayDeque<>();

    private int ids;

    RecursionPlanner(PhysicalPlanner planner, ExprBuilder expressions, Cardinality cardinality) {
        this.planner = planner;
        this.expressions = expressions;
        this.cardinality = cardinality;
    }

    private record Recursion(String name, int id, List<Field> fields) {}

    static boolean isWorkingTable(TableScan scan) {
        return scan.getTable().unwrap(TransientTable.class) != null;
    }

    Lowered union(RepeatUnion union) {
        String name =
                Util.last(Objects.requireNonNull(union.getTransientTable()).getQualifiedName());
        List<RelDataTypeField> columns = union.getRowType().getFieldList();
        List<Field> fields = fields(columns, union.getSeedRel());
        PhysicalPlan seed = arranged(union.getSeedRel(), fields);
        Recursion recursion = new Recursion(name, ++ids, fields);
        around.push(recursion);
        PhysicalPlan step;
        try {
            step = arranged(union.getIterativeRel(), fields);
        } finally {
            around.pop();
        }
        double rows = 10 * cardinality.rows(union.getSeedRel());
        PhysicalPlan plan = new PhysicalPlan.RecursiveUnion(recursion.id, seed, step, !union.all, fields, rows);
        List<Expr> typed = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            SqlType wanted = SqlTypes.fromRelDataType(columns.get(i).getType());
            Expr cast = expressions.cast(new Expr.Column(i, field.type(), true), wanted);
            typed.add(cast);
            output.add(new Field(field.name(), cast.type(), true));
        }
        return Lowered.identity(Projections.project(plan, typed, output));
    }

    /** The rows of one side in the types of the working table. */
    private PhysicalPlan arranged(RelNode side, List<Field> fields) {
        RelNode input = side instanceof Spool spool ? spool.getInput() : side;
        Lowered lowered = planner.lower(input, ImmutableBitSet.range(fields.size()));
        List<Expr> expressionsOf = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            expressionsOf.add(expressions.cast(lowered.column(i), fields.get(i).type()));
        }
        return Projections.project(lowered.plan(), expressionsOf, fields);
    }

    private static List<Field> fields(List<RelDataTypeField> columns, RelNode seed) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            SqlType overall = SqlTypes.fromRelDataType(columns.get(i).getType());
            SqlType own = SqlTypes.fromRelDataType(
                    seed.getRowType().getFieldList().get(i).getType());
            fields.add(new Field(columns.get(i).getName(), own.id() == TypeId.NULL ? overall : own, true));
        }
        return fields;
    }

    Lowered workingTable(TableScan scan) {
        String name = Util.last(scan.getTable().getQualifiedName());
        for (Recursion recursion : around) {
            if (recursion.name.equals(name)) {
                return Lowered.identity(
                        new PhysicalPlan.WorkingTable(recursion.id, recursion.fields, cardinality.rows(scan)));
            }
        }
        throw KadeException.of(
                ErrorCode.INVALID_RECURSION,
                "recursive reference to query \"" + name + "\" must not appear within a subquery");
    }
}
