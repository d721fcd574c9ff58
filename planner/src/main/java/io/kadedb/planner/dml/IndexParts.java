package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.IndexExpression;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.Statement.IndexPart;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.index.IndexValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSyntax;

/** What CREATE INDEX says of the key and of the rows in the index. */
final class IndexParts {
    private final PlanningSession session;
    private final TableDefinition table;

    IndexParts(PlanningSession session, TableDefinition table) {
        this.session = session;
        this.table = table;
    }

    /**
     * The parts of the key.
     *
     * @throws KadeException 42703, 42P17 for what is not immutable, 42704 for types without order, or without terms, 0A000
     */
    List<IndexDefinition.Part> parts(List<IndexPart> written, AccessMethod method) {
        List<IndexDefinition.Part> parts = new ArrayList<>();
        for (IndexPart part : written) {
            Optional<Name> column = column(part);
            IndexDefinition.Part known = column.map(name -> new IndexDefinition.Part(
                            IndexPlanner.column(table.columns(), name).id(),
                            Optional.empty(),
                            part.descending(),
                            part.nullsFirst()))
                    .orElseGet(() -> new IndexDefinition.Part(
                            expression(part.expression()), part.descending(), part.nullsFirst()));
            SourcePosition place = column.map(Name::position).orElseGet(() -> place(part.expression()));
            parts.add(method.part(known, known.type(table), part.operatorClass(), place));
        }
        return parts;
    }

    /** The column that a part is, in parentheses too. */
    static Optional<Name> column(IndexPart part) {
        if (part.column().isPresent()) {
            return part.column();
        }
        SqlNode node = part.expression().node();
        return node instanceof SqlIdentifier id && id.isSimple()
                ? Optional.of(new Name(id.getSimple(), Positions.of(id.getParserPosition())))
                : Optional.empty();
    }

    private IndexExpression expression(Expression written) {
        PlanningSession.Planned planned = validated(written, "index expressions", "index expression");
        SqlType type = planned.columns().getFirst().type();
        checkPlanned(written, () -> IndexValues.expression(table, written.text()));
        return computed(written, type);
    }

    /**
     * The condition of a partial index.
     *
     * @throws KadeException 42703, 42804, 42P17 for what is not immutable, 0A000
     */
    IndexExpression condition(Expression written) {
        PlanningSession.Planned planned = validated(written, "index predicates", "index predicate");
        SqlType type = planned.columns().getFirst().type();
        if (type.id() != TypeId.BOOLEAN) {
            throw KadeException.of(
                            ErrorCode.DATATYPE_MISMATCH, "argument of WHERE must be type boolean, not type " + type)
                    .at(place(written));
        }
        checkPlanned(written, () -> IndexValues.condition(table, written.text()));
        return computed(written, type);
    }

    private PlanningSession.Planned validated(Expression written, String clause, String one) {
        PlanningSession.Planned planned = new RowRules(session, table).validated(written, clause);
        if (!GenerationExpressions.isImmutable(planned.plan())) {
            throw KadeException.of(
                            ErrorCode.INVALID_OBJECT_DEFINITION, "functions in " + one + " must be marked IMMUTABLE")
                    .at(place(written));
        }
        return planned;
    }

    /** It is planned as writers of rows will, who know no session. */
    private static void checkPlanned(Expression written, Runnable plan) {
        try {
            plan.run();
        } catch (KadeException e) {
            throw e.at(place(written));
        }
    }

    private IndexExpression computed(Expression written, SqlType type) {
        List<Integer> columns = RowRules.columns(RowRules.parsed(written.text())).stream()
                .flatMap(name -> table.ordinalOf(name).stream().boxed())
                .map(ordinal -> table.columns().get(ordinal).id())
                .toList();
        return new IndexExpression(written.text(), type, columns);
    }

    private static SourcePosition place(Expression written) {
        return Positions.of(written.node().getParserPosition());
    }

    /** What the key is called in the name of an index that has none: its columns, functions, or {@code expr}. */
    static String names(TableDefinition table, List<IndexDefinition.Part> parts) {
        List<String> names = new ArrayList<>();
        for (IndexDefinition.Part part : parts) {
            String name = part.expression()
                    .map(computed -> name(RowRules.parsed(computed.sql())))
                    .orElseGet(() -> {
                        ColumnDefinition column = table.columns().get(table.ordinalOfId(part.columnId()));
                        return column.name();
                    });
            String free = name;
            for (int i = 1; names.contains(free); i++) {
                free = name + i;
            }
            names.add(free);
        }
        return String.join("_", names);
    }

    private static String name(SqlNode expression) {
        return switch (expression) {
            case SqlIdentifier id -> id.names.getLast();
            case SqlCall call when call.getKind() == SqlKind.CAST -> name(call.operand(0));
            case SqlCall call
            when call.getOperator().getSyntax() == SqlSyntax.FUNCTION ->
                call.getOperator().getName().toLowerCase(Locale.ROOT);
            default -> "expr";
        };
    }
}
