package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CheckDefinition;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.AlterAction;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.Generation;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.TableConstraint;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.dml.ColumnDependents.Dependent;
import io.kadedb.planner.functions.AssignOperator;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.types.TypeRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** What ALTER TABLE does to columns. */
final class ColumnAlterations {
    private final PlanningSession session;
    private final TableAlteration alteration;
    private final Set<Integer> retyped = new HashSet<>();

    ColumnAlterations(PlanningSession session, TableAlteration alteration) {
        this.session = session;
        this.alteration = alteration;
    }

    /** ADD COLUMN; the constraints that come with it are left to be added. */
    List<TableConstraint> add(AlterAction.AddColumn add) {
        TableDefinition now = alteration.now();
        Name name = add.column().name();
        if (now.ordinalOf(name.text()).isPresent()) {
            String exists = "column \"" + name.text() + "\" of relation \"" + now.name() + "\" already exists";
            if (!add.ifNotExists()) {
                throw KadeException.of(ErrorCode.DUPLICATE_COLUMN, exists).at(name.position());
            }
            alteration.notice(exists + ", skipping");
            return List.of();
        }
        int id = alteration.freeColumnId();
        SchemaDefinition schema = IndexPlanner.schema(session.context().catalog(), now.schema());
        NewColumns made = new NewColumns(session, now.schema(), now.name(), schema::hasRelation);
        ColumnDefinition column = made.column(add.column(), id);
        List<SequenceDefinition> sequences = made.sequences(now.id());
        List<ColumnDefinition> columns = new ArrayList<>(now.columns());
        columns.add(column);
        alteration.become(now.withColumns(columns));
        alteration.add(sequences);
        if (add.column().generation().orElse(null) instanceof Generation.Computed computed) {
            new GenerationExpressions(session, alteration.now()).check(name.text(), computed.expression());
            alteration.compute(id, computed.expression().text());
        } else if (!sequences.isEmpty()) {
            SequenceDefinition sequence = sequences.getFirst();
            alteration.compute(id, SequenceDefaults.nextval(sequence.schema(), sequence.name()));
        } else {
            column.defaultSql().ifPresent(sql -> fill(column, sql));
            if (column.defaultSql().isEmpty() && !column.nullable()) {
                alteration.forbidNulls(id);
            }
        }
        return add.constraints();
    }

    /** Older rows get the default as it is now; all rows are written if it is another for each. */
    private void fill(ColumnDefinition column, String sql) {
        PhysicalPlan value = value(column, sql);
        if (isVolatile(value)) {
            alteration.compute(column.id(), sql);
        } else {
            alteration.missing(column.id(), value, sql);
        }
        if (!column.nullable()) {
            alteration.forbidNulls(column.id());
        }
    }

    /** One row with the value as the column stores it. */
    private PhysicalPlan value(ColumnDefinition column, String sql) {
        SqlNode parsed = RowRules.parsed(sql);
        SqlNode row = SqlStdOperatorTable.ROW.createCall(
                parsed.getParserPosition(), AssignOperator.to(column.name(), column.type(), parsed));
        PhysicalPlan plan = session.plan(SqlStdOperatorTable.VALUES.createCall(parsed.getParserPosition(), row))
                .plan();
        return Targets.fitted(alteration.now().withColumns(List.of(column)), plan, 0);
    }

    private static boolean isVolatile(PhysicalPlan plan) {
        boolean own = switch (plan) {
            case PhysicalPlan.Project project ->
                project.expressions().stream().anyMatch(expression -> expression.varies());
            case PhysicalPlan.Values values ->
                values.tuples().stream().flatMap(List::stream).anyMatch(value -> value.varies());
            default -> false;
        };
        return own || plan.inputs().stream().anyMatch(ColumnAlterations::isVolatile);
    }

    /** DROP COLUMN: indexes and constraints over it go with it, what else depends on it only with CASCADE. */
    void drop(AlterAction.DropColumn drop) {
        TableDefinition now = alteration.now();
        Name name = drop.column();
        if (drop.ifExists() && now.ordinalOf(name.text()).isEmpty()) {
            alteration.notice(
                    "column \"" + name.text() + "\" of relation \"" + now.name() + "\" does not exist, skipping");
            return;
        }
        int ordinal = Targets.column(now, name);
        int id = now.columns().get(ordinal).id();
        PartitionPlanner.checkNotKey(now, id, "drop", name.position());
        List<Dependent> dependents =
                new ArrayList<>(new ColumnDependents(session.context().catalog()).ofColumn(now, id));
        List<ColumnDefinition> generated = generatedFrom(now, name.text());
        String what = "column " + name.text() + " of table " + now.name();
        if (!drop.cascade() && (!dependents.isEmpty() || !generated.isEmpty())) {
            List<Dependent> all = new ArrayList<>();
            generated.forEach(column -> all.add(new Dependent(
                    "column " + column.name() + " of table " + now.name(),
                    what,
                    new io.kadedb.common.catalog.CatalogChange.ReplaceTable(now))));
            all.addAll(dependents);
            throw ColumnDependents.refused(what, all, name.position());
        }
        dependents.forEach(alteration::remove);
        for (ColumnDefinition column : generated) {
            alteration.notice("drop cascades to column " + column.name() + " of table " + now.name());
            remove(column.id());
        }
        remove(id);
    }

    private void remove(int id) {
        TableDefinition now = alteration.now();
        int ordinal = now.ordinalOfId(id);
        String name = now.columns().get(ordinal).name();
        if (now.primaryKey().contains(ordinal)) {
            now = now.withPrimaryKey(List.of(), Optional.empty());
            alteration.rewrite();
        }
        List<CheckDefinition> checks = now.checks().stream()
                .filter(check ->
                        !RowRules.columns(RowRules.parsed(check.conditionSql())).contains(name))
                .toList();
        alteration.become(now.withChecks(checks)
                .withIndexes(now.indexes().stream()
                        .filter(index -> !index.usedColumnIds().contains(id))
                        .toList())
                .withForeignKeys(now.foreignKeys().stream()
                        .filter(key -> !key.columns().contains(id)
                                && !(key.referencedTable() == alteration.old().id()
                                        && key.referencedColumns().contains(id)))
                        .toList()));
        alteration.drop(ordinal);
    }

    private static List<ColumnDefinition> generatedFrom(TableDefinition table, String column) {
        return table.columns().stream()
                .filter(other -> other.generatedSql()
                        .filter(sql -> RowRules.columns(RowRules.parsed(sql)).contains(column))
                        .isPresent())
                .toList();
    }

    /** SET DEFAULT, DROP DEFAULT. */
    void setDefault(AlterAction.SetDefault set) {
        TableDefinition now = alteration.now();
        int ordinal = Targets.column(now, set.column());
        ColumnDefinition column = now.columns().get(ordinal);
        if (column.isGenerated()) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            "column \"" + column.name() + "\" of relation \"" + now.name() + "\" is a generated column")
                    .at(set.column().position());
        }
        if (column.identity().isPresent()) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            "column \"" + column.name() + "\" of relation \"" + now.name() + "\" is an identity column")
                    .at(set.column().position());
        }
        set.value().ifPresent(value -> checkDefault(column, column.type(), value));
        alteration.replace(
                ordinal,
                column.withDefault(
                        set.value().map(value -> SequenceDefaults.qualified(value.text(), session.context()))));
    }

    private void checkDefault(ColumnDefinition column, SqlType type, Expression value) {
        try {
            value(column.withType(type), value.text());
        } catch (KadeException e) {
            throw e.at(Positions.of(value.node().getParserPosition()));
        }
    }

    /** SET NOT NULL, DROP NOT NULL. */
    void setNotNull(AlterAction.SetNotNull set) {
        TableDefinition now = alteration.now();
        int ordinal = Targets.column(now, set.column());
        ColumnDefinition column = now.columns().get(ordinal);
        if (!set.notNull()) {
            if (now.primaryKey().contains(ordinal)) {
                throw KadeException.of(
                                ErrorCode.INVALID_TABLE_DEFINITION,
                                "column \"" + column.name() + "\" is in a primary key")
                        .at(set.column().position());
            }
            if (column.identity().isPresent()) {
                throw KadeException.of(
                                ErrorCode.SYNTAX_ERROR,
                                "column \"" + column.name() + "\" of relation \"" + now.name()
                                        + "\" is an identity column")
                        .at(set.column().position());
            }
            PartitionPlanner.checkNotKey(
                    now, column.id(), "allow NULL in", set.column().position());
            alteration.allowNulls(column.id());
            alteration.replace(ordinal, column.withNullable(true).withNotNullName(Optional.empty()));
        } else if (column.nullable()) {
            Optional<String> name = set.constraint().map(constraint -> free(now, constraint));
            alteration.forbidNulls(column.id());
            alteration.replace(ordinal, column.withNullable(false).withNotNullName(name));
        } else if (set.constraint().isPresent()
                && !set.constraint().get().text().equals(now.notNullName(column))) {
            Name name = set.constraint().get();
            throw KadeException.of(
                            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "cannot create not-null constraint \"" + name.text() + "\" on column \"" + column.name()
                                    + "\" of table \"" + now.name() + "\"")
                    .at(name.position())
                    .detail("A not-null constraint named \"" + now.notNullName(column)
                            + "\" already exists for this column.");
        }
    }

    private static String free(TableDefinition table, Name constraint) {
        if (TableAlteration.constraints(table).contains(constraint.text())) {
            throw KadeException.of(
                            ErrorCode.DUPLICATE_OBJECT,
                            "constraint \"" + constraint.text() + "\" for relation \"" + table.name()
                                    + "\" already exists")
                    .at(constraint.position());
        }
        return constraint.text();
    }

    /** ALTER COLUMN .. TYPE. */
    void setType(AlterAction.SetType set) {
        TableDefinition now = alteration.now();
        int ordinal = Targets.column(now, set.column());
        ColumnDefinition column = now.columns().get(ordinal);
        PartitionPlanner.checkNotKey(now, column.id(), "alter", set.column().position());
        SqlType from = column.type();
        SqlType to = NewColumns.resolved(set.type(), set.column(), session);
        if (!retyped.add(column.id())) {
            throw unsupported("cannot alter type of column \"" + column.name() + "\" twice", set.column());
        }
        if (column.isGenerated()) {
            throw unsupported("altering the type of a generated column is not supported yet", set.column());
        }
        if (column.identity().isPresent() && !to.isInteger()) {
            throw KadeException.of(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            "identity column type must be smallint, integer, or bigint")
                    .at(set.position());
        }
        checkUsing(set, column, to);
        boolean sameValues = set.using().isEmpty() && (from.equals(to) || keepsValues(from, to));
        checkReaders(now, column, set.column());
        checkTerms(now, column, to, set.column());
        if (!from.equals(to)) {
            column.defaultSql().ifPresent(sql -> checkKeptDefault(column, to, sql, set.column()));
        }
        if (!sameValues) {
            alteration.compute(
                    column.id(),
                    set.using()
                            .map(Expression::text)
                            .orElseGet(() -> '"' + column.name().replace("\"", "\"\"") + '"'));
        }
        alteration.replace(ordinal, column.withType(to));
    }

    private void checkUsing(AlterAction.SetType set, ColumnDefinition column, SqlType to) {
        SqlType given = set.using().isPresent()
                ? new RowRules(session, alteration.old()).validate(set.using().get(), "transform expressions")
                : column.type();
        if (given.id() == TypeId.NULL || TypeRules.assignable(given, to)) {
            return;
        }
        String type = to.toString();
        throw set.using().isPresent()
                ? KadeException.of(
                                ErrorCode.DATATYPE_MISMATCH,
                                "result of USING clause for column \"" + column.name()
                                        + "\" cannot be cast automatically to type " + type)
                        .at(Positions.of(set.using().get().node().getParserPosition()))
                        .hint("You might need to add an explicit cast.")
                : KadeException.of(
                                ErrorCode.DATATYPE_MISMATCH,
                                "column \"" + column.name() + "\" cannot be cast automatically to type " + type)
                        .at(set.column().position())
                        .hint("You might need to specify \"USING " + RenamedNames.quoted(column.name()) + "::" + type
                                + "\".");
    }

    /** Whether every value of a type is stored as the same value of another. */
    private static boolean keepsValues(SqlType from, SqlType to) {
        if (from.isText() && to.isText() && from.id() != TypeId.CHAR && to.id() != TypeId.CHAR) {
            return to.precision() == SqlType.UNSPECIFIED
                    || (from.precision() != SqlType.UNSPECIFIED && from.precision() <= to.precision());
        }
        return from.id() == TypeId.DECIMAL
                && to.id() == TypeId.DECIMAL
                && from.scale() == to.scale()
                && from.precision() <= to.precision()
                && from.layout() == to.layout();
    }

    private static void checkTerms(TableDefinition table, ColumnDefinition column, SqlType to, Name place) {
        for (IndexDefinition index : table.indexes()) {
            for (IndexDefinition.Part part : index.parts()) {
                if (part.columnId() == column.id()
                        && part.terms().map(terms -> !terms.isFor(to)).orElse(false)) {
                    throw KadeException.of(
                                    ErrorCode.UNDEFINED_OBJECT,
                                    "data type " + to + " has no default operator class for access method \"gin\"")
                            .at(place.position())
                            .detail("Index \"" + index.name() + "\" is over column \"" + column.name() + "\".");
                }
            }
        }
    }

    private void checkReaders(TableDefinition table, ColumnDefinition column, Name place) {
        for (ColumnDefinition other : generatedFrom(table, column.name())) {
            throw unsupported("cannot alter type of a column used by a generated column", place)
                    .detail("Column \"" + column.name() + "\" is used by generated column \"" + other.name() + "\".");
        }
        for (IndexDefinition index : table.indexes()) {
            if (index.computedFrom().contains(column.id())) {
                throw unsupported("cannot alter type of a column used by an expression of an index", place)
                        .detail("Index \"" + index.name() + "\" computes a value from column \"" + column.name()
                                + "\".")
                        .hint("drop the index and create it again afterwards");
            }
        }
        for (Dependent reader : new ColumnDependents(session.context().catalog()).readers(table, column.id())) {
            boolean view = reader.description().startsWith("view ");
            throw unsupported(
                            view
                                    ? "cannot alter type of a column used by a view or rule"
                                    : "cannot alter type of a column used by a property graph",
                            place)
                    .detail((view ? "rule _RETURN on " : "") + reader.description() + " depends on column \""
                            + column.name() + "\"");
        }
    }

    private static KadeException unsupported(String message, Name place) {
        return KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, message).at(place.position());
    }

    /** A default is a value of the column's type, whatever its text alone could be. */
    private void checkKeptDefault(ColumnDefinition column, SqlType to, String sql, Name place) {
        if (!TypeRules.assignable(column.type(), to)) {
            throw KadeException.of(
                            ErrorCode.DATATYPE_MISMATCH,
                            "default for column \"" + column.name() + "\" cannot be cast automatically to type " + to)
                    .at(place.position());
        }
        value(column.withType(to), sql);
    }

    /** The ids of the columns whose types differ from those that the table began with. */
    static Set<Integer> retyped(TableDefinition before, TableDefinition after) {
        Set<Integer> ids = new HashSet<>();
        for (ColumnDefinition column : before.columns()) {
            after.columns().stream()
                    .filter(other -> other.id() == column.id() && !other.type().equals(column.type()))
                    .forEach(other -> ids.add(other.id()));
        }
        return ids;
    }
}
