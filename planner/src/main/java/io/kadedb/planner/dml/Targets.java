package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.SqlParser;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.functions.AssignOperator;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.validate.Suggestions;
import io.kadedb.planner.validate.ValidationErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What statements that write have in common: finding the table and its columns, defaults, asking for access. */
final class Targets {
    private Targets() {}

    static TableDefinition table(PlanningSession session, QualifiedName name) {
        Optional<String> schema = name.schema().map(Name::text);
        if (session.catalog().findView(schema, name.last().text()).isPresent()) {
            throw KadeException.of(
                            ErrorCode.WRONG_OBJECT_TYPE, "\"" + name.last().text() + "\" is not a table")
                    .at(name.position())
                    .hint("it is a view");
        }
        return session.catalog()
                .find(schema, name.last().text())
                .orElseThrow(() -> ValidationErrors.noRelation(session.context().catalog(), name.toString())
                        .at(name.position()));
    }

    /** A table to be written, whose identity columns have their sequences as defaults. */
    static TableDefinition written(PlanningSession session, QualifiedName name) {
        TableDefinition table = table(session, name);
        if (table.materialized().isPresent()) {
            throw KadeException.of(
                            ErrorCode.WRONG_OBJECT_TYPE, "cannot change materialized view \"" + table.name() + "\"")
                    .at(name.position());
        }
        return withSequences(session, table);
    }

    /** A table that is no materialized view. */
    static TableDefinition plain(PlanningSession session, QualifiedName name) {
        TableDefinition table = table(session, name);
        if (table.materialized().isPresent()) {
            throw KadeException.of(ErrorCode.WRONG_OBJECT_TYPE, "\"" + table.name() + "\" is not a table")
                    .at(name.position())
                    .hint("it is a materialized view");
        }
        return table;
    }

    /** A table whose identity columns have their sequences as defaults. */
    static TableDefinition withSequences(PlanningSession session, TableDefinition table) {
        if (table.columns().stream().allMatch(column -> column.identity().isEmpty())) {
            return table;
        }
        return table.withColumns(table.columns().stream()
                .map(column -> column.identity().isEmpty() ? column : withSequence(session, table, column))
                .toList());
    }

    private static ColumnDefinition withSequence(
            PlanningSession session, TableDefinition table, ColumnDefinition column) {
        SequenceDefinition sequence = session.context()
                .catalog()
                .identitySequence(table.id(), column.id())
                .orElseThrow(() -> KadeException.internal(
                        "identity column " + column.name() + " of " + table.qualifiedName() + " has no sequence",
                        null));
        return column.withDefault(Optional.of(SequenceDefaults.nextval(sequence.schema(), sequence.name())));
    }

    static int column(TableDefinition table, Name name) {
        return table.ordinalOf(name.text()).orElseThrow(() -> {
            List<String> columns =
                    table.columns().stream().map(ColumnDefinition::name).toList();
            return KadeException.of(
                            ErrorCode.UNDEFINED_COLUMN,
                            "column \"" + name.text() + "\" of relation \"" + table.name() + "\" does not exist")
                    .at(name.position())
                    .hint(Suggestions.hint(name.text(), columns).orElse(null));
        });
    }

    /** The ordinals of the named columns, all of them when none is named. */
    static List<Integer> columns(TableDefinition table, List<Name> names) {
        if (names.isEmpty()) {
            return IntStream.range(0, table.columns().size()).boxed().toList();
        }
        Set<String> seen = new HashSet<>();
        for (Name name : names) {
            if (!seen.add(name.text())) {
                throw KadeException.of(
                                ErrorCode.DUPLICATE_COLUMN, "column \"" + name.text() + "\" specified more than once")
                        .at(name.position());
            }
        }
        return names.stream().map(name -> column(table, name)).toList();
    }

    static void check(PlanningContext context, Privilege privilege, TableDefinition table, List<Integer> columns) {
        ObjectName object = new ObjectName(ObjectName.Kind.TABLE, table.schema(), table.name());
        List<String> names =
                columns.stream().map(c -> table.columns().get(c).name()).toList();
        context.access().check(context.principal(), privilege, object, names);
    }

    /** A column's default, NULL if it has none, as the value to store. */
    static SqlNode defaultValue(ColumnDefinition column, SqlParserPos pos) {
        SqlNode value = column.defaultSql()
                .map(sql -> new SqlParser().parseExpression(sql).node())
                .orElseGet(() -> SqlLiteral.createNull(pos));
        return AssignOperator.to(column.name(), column.type(), value);
    }

    /** What an expression without columns is planned to, if that is an expression of its own. */
    static Optional<Expr> computed(PlanningSession session, SqlNode value) {
        SqlParserPos pos = SqlParserPos.ZERO;
        SqlNode row = SqlStdOperatorTable.ROW.createCall(pos, value);
        PhysicalPlan plan =
                session.plan(SqlStdOperatorTable.VALUES.createCall(pos, row)).plan();
        return plan instanceof PhysicalPlan.Values values
                ? Optional.of(values.tuples().getFirst().getFirst())
                : Optional.empty();
    }

    /**
     * The rows with text held to the lengths of the columns it is stored into: spaces beyond a length are cut, anything
     * else is 22001 at run time.
     *
     * @param offset where the columns of the table begin in the rows; others may follow them
     */
    static PhysicalPlan fitted(TableDefinition table, PhysicalPlan rows, int offset) {
        List<Field> fields = rows.output();
        List<Expr> values = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        boolean bounded = false;
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Expr value = new Expr.Column(i, field.type(), field.nullable());
            if (i >= offset && i - offset < table.columns().size()) {
                SqlType type = table.columns().get(i - offset).type();
                if ((hasLength(type) || field.type().keepsBlanks())
                        && !field.type().equals(type)) {
                    value = new Expr.Cast(value, type);
                    bounded = true;
                }
            }
            values.add(value);
            output.add(new Field(field.name(), value.type(), field.nullable()));
        }
        return bounded ? new PhysicalPlan.Project(rows, values, output) : rows;
    }

    private static boolean hasLength(SqlType type) {
        return type.isArray()
                ? hasLength(type.element())
                : type.id() == TypeId.CHAR || (type.isText() && type.precision() != SqlType.UNSPECIFIED);
    }

    /** Rows with some of their columns. */
    static PhysicalPlan picked(PhysicalPlan rows, List<Integer> columns) {
        boolean all = columns.size() == rows.output().size();
        for (int i = 0; i < columns.size(); i++) {
            all &= columns.get(i) == i;
        }
        if (all) {
            return rows;
        }
        List<Field> output = columns.stream().map(rows.output()::get).toList();
        List<Expr> values = new ArrayList<>();
        for (int column : columns) {
            Field field = rows.output().get(column);
            values.add(new Expr.Column(column, field.type(), field.nullable()));
        }
        return new PhysicalPlan.Project(rows, values, output);
    }

    /** The columns of a table. */
    static List<Field> fields(TableDefinition table) {
        return table.columns().stream()
                .map(column -> new Field(column.name(), column.type(), column.nullable()))
                .toList();
    }

    static PhysicalPlan.TableRef reference(TableDefinition table) {
        return new PhysicalPlan.TableRef(table.id(), table.schema(), table.name(), table.schemaVersion());
    }
}
