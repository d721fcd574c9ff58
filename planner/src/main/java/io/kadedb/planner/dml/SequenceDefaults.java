package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.parser.SqlParser;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.api.SequenceNames;
import io.kadedb.planner.validate.SequenceCalls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Sequences that stored expressions name, as {@code nextval('public.s')} does: always with their schema. */
final class SequenceDefaults {
    private SequenceDefaults() {}

    /** A column whose default draws from a sequence. */
    record Use(TableDefinition table, ColumnDefinition column) {
        /** As messages name it. */
        String description() {
            return "default value for column " + column.name() + " of table " + table.name();
        }
    }

    /** The default of a serial column. */
    static String nextval(String schema, String name) {
        return "nextval(" + quoted(SequenceNames.text(schema, name)) + "::regclass)";
    }

    /** The expression with the names of its sequences qualified, so that it means the same wherever it is used. */
    static String qualified(String sql, PlanningContext context) {
        return replaced(sql, name -> {
            SequenceDefinition sequence = SequenceCalls.sequence(name, context);
            return SequenceNames.text(sequence.schema(), sequence.name());
        });
    }

    /** The expression with a sequence under its new name. */
    static String renamed(String sql, SequenceDefinition sequence, String newSchema, String newName) {
        String old = SequenceNames.text(sequence.schema(), sequence.name());
        return replaced(sql, name -> {
            String text = name.getValueAs(String.class);
            return text.equals(old) ? SequenceNames.text(newSchema, newName) : text;
        });
    }

    /** Whether an expression draws from a sequence. */
    static boolean draws(String sql) {
        return !names(sql).isEmpty();
    }

    /** The columns with defaults that draw from a sequence, by table and place. */
    static List<Use> uses(CatalogSnapshot catalog, SequenceDefinition sequence) {
        List<Use> uses = new ArrayList<>();
        catalog.schemas().values().stream()
                .flatMap(schema -> schema.tables().values().stream())
                .sorted(Comparator.comparing(TableDefinition::qualifiedName))
                .forEach(table -> table.columns().stream()
                        .filter(column -> column.defaultSql()
                                .filter(sql -> uses(sql, sequence))
                                .isPresent())
                        .forEach(column -> uses.add(new Use(table, column))));
        return uses;
    }

    private static boolean uses(String sql, SequenceDefinition sequence) {
        String wanted = SequenceNames.text(sequence.schema(), sequence.name());
        return names(sql).stream()
                .anyMatch(name -> name.getValueAs(String.class).equals(wanted));
    }

    private static List<SqlLiteral> names(String sql) {
        if (!sql.toLowerCase(Locale.ROOT).contains("val")) {
            return List.of();
        }
        List<SqlLiteral> names = new ArrayList<>();
        new SqlParser().parseExpression(sql).node().accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
                SequenceCalls.name(call).ifPresent(names::add);
                return super.visit(call);
            }
        });
        return names;
    }

    private static String replaced(String sql, Function<SqlLiteral, String> replacement) {
        StringBuilder text = new StringBuilder(sql);
        List<SqlLiteral> names = names(sql);
        // From the last to the first, so that places stay what they are.
        for (SqlLiteral name : names.reversed()) {
            SqlParserPos pos = name.getParserPosition();
            int from = offset(sql, pos.getLineNum(), pos.getColumnNum());
            int to = offset(sql, pos.getEndLineNum(), pos.getEndColumnNum()) + 1;
            text.replace(from, to, quoted(replacement.apply(name)));
        }
        return text.toString();
    }

    private static int offset(String sql, int line, int column) {
        int offset = 0;
        for (int i = 1; i < line; i++) {
            offset = sql.indexOf('\n', offset) + 1;
        }
        return offset + column - 1;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
