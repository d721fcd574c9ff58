package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.CheckDefinition;
import io.kadedb.common.catalog.EnumDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.type.ArrayText;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.validate.EnumTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * The texts of views, defaults, checks and generated columns under a new name of an enumerated type, or of one of its labels.
 * A literal is a label if validation gives it the type; what else is in the texts stays as it was written.
 */
final class EnumTexts {
    private final PlanningSession session;
    private final CatalogSnapshot catalog;
    private final EnumDefinition type;
    private final String from;
    private final String to;
    private final boolean label;

    private EnumTexts(PlanningSession session, EnumDefinition type, String from, String to, boolean label) {
        this.session = session;
        this.catalog = session.context().catalog();
        this.type = type;
        this.from = from;
        this.to = to;
        this.label = label;
    }

    /** With another label in the place of one. */
    static EnumTexts ofLabel(PlanningSession session, EnumDefinition type, String from, String to) {
        return new EnumTexts(session, type, from, to, true);
    }

    /** With another name of the type. */
    static EnumTexts ofType(PlanningSession session, EnumDefinition type, String to) {
        return new EnumTexts(session, type, type.name(), to, false);
    }

    /** The table with the texts of its definition changed. */
    TableDefinition in(TableDefinition table) {
        List<CheckDefinition> checks = table.checks().stream()
                .map(check -> new CheckDefinition(
                        check.name(), expression(check.conditionSql(), table, SqlType.BOOLEAN), check.valid()))
                .toList();
        return table.withChecks(checks)
                .withColumns(table.columns().stream()
                        .map(column -> column.withDefault(
                                        column.defaultSql().map(sql -> expression(sql, table, column.type())))
                                .withGenerated(
                                        column.generatedSql().map(sql -> expression(sql, table, column.type())),
                                        column.virtual()))
                        .toList());
    }

    /** The view with its query changed. */
    ViewDefinition in(ViewDefinition view) {
        if (!mayName(view.query())) {
            return view;
        }
        Edits edits = new Edits(view.query(), view.searchPath());
        session.validated(view).accept(edits);
        return view.withQuery(edits.text());
    }

    /** @param assigned the type of what the expression's value is stored into */
    private String expression(String sql, TableDefinition table, SqlType assigned) {
        if (!mayName(sql)) {
            return sql;
        }
        Edits edits = new Edits(sql, session.context().searchPath());
        SqlNode parsed = RowRules.parsed(sql);
        if (parsed instanceof SqlLiteral literal && type.isUsedBy(assigned)) {
            edits.literal(literal, assigned.isArray());
        }
        SqlIdentifier relation = new SqlIdentifier(List.of(table.schema(), table.name()), SqlParserPos.ZERO);
        session.validated(PlainSelect.of(
                        SqlParserPos.ZERO,
                        new SqlNodeList(List.of(parsed), SqlParserPos.ZERO),
                        ViewTarget.as(relation, table.name())))
                .accept(edits);
        return edits.text();
    }

    private boolean mayName(String sql) {
        String written = label ? from.replace("'", "''") : from;
        return sql.toLowerCase(Locale.ROOT).contains(written.toLowerCase(Locale.ROOT));
    }

    private final class Edits extends SqlBasicVisitor<@Nullable Void> {
        private final String sql;
        private final List<String> searchPath;
        /** What is written anew, by where it begins. */
        private final Map<Integer, Edit> edits = new TreeMap<>();

        Edits(String sql, List<String> searchPath) {
            this.sql = sql;
            this.searchPath = searchPath;
        }

        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call.getKind() == SqlKind.CAST && label && call.operand(1) instanceof SqlDataTypeSpec spec) {
                used(spec, false).ifPresent(used -> literals(call.operand(0), used.isArray()));
            }
            return super.visit(call);
        }

        @Override
        public @Nullable Void visit(SqlDataTypeSpec spec) {
            if (!label && used(spec, true).isPresent()) {
                SqlParserPos place = spec.getTypeNameSpec().getParserPos();
                int begin = RenamedNames.offset(sql, place);
                String written = sql.substring(begin, begin + length(place));
                int at = written.toLowerCase(Locale.ROOT).lastIndexOf(from.toLowerCase(Locale.ROOT));
                boolean quoted = at > 0 && written.charAt(at - 1) == '"';
                if (at >= 0) {
                    int end = begin + at + from.length() + (quoted ? 1 : 0);
                    edits.put(begin + at - (quoted ? 1 : 0), new Edit(end, RenamedNames.quoted(to)));
                }
            }
            return null;
        }

        private void literals(SqlNode node, boolean array) {
            if (node instanceof SqlLiteral literal) {
                literal(literal, array);
            } else if (array
                    && node instanceof SqlCall call
                    && call.getOperator().getName().equals(KadeOperators.ARRAY)) {
                // The elements of arrays within arrays are labels too.
                call.getOperandList().forEach(item -> literals(item, !(item instanceof SqlLiteral)));
            }
        }

        /** @param array whether it is of an array of the type */
        void literal(SqlLiteral literal, boolean array) {
            SqlParserPos place = literal.getParserPosition();
            if (label && literal instanceof SqlCharStringLiteral && place.getLineNum() > 0) {
                String old = literal.getValueAs(String.class);
                String renamed = array ? elements(old) : old.equals(from) ? to : old;
                if (!renamed.equals(old)) {
                    int begin = RenamedNames.offset(sql, place);
                    edits.put(begin, new Edit(begin + length(place), "'" + renamed.replace("'", "''") + "'"));
                }
            }
        }

        /** The text of an array of labels with the new one; as it was if it has not the old one. */
        private String elements(String text) {
            ArrayValue array = ArrayText.parse(text, element -> element);
            if (!array.elements().contains(from)) {
                return text;
            }
            List<@Nullable Object> elements = new ArrayList<>(array.elements());
            elements.replaceAll(element -> from.equals(element) ? to : element);
            return ArrayText.format(new ArrayValue(elements, array.dimensions()), String::valueOf);
        }

        /**
         * The type, or array of it, that is meant.
         *
         * @param named whether it has to be the text that names it
         */
        private Optional<SqlType> used(SqlDataTypeSpec spec, boolean named) {
            if (!(spec.getTypeNameSpec() instanceof KadeTypeNameSpec name)
                    || (named && !name.type().isUnresolved())) {
                return Optional.empty();
            }
            SqlType written = name.type();
            SqlType meant = written.isUnresolved() ? EnumTypes.resolved(written, catalog, searchPath) : written;
            return type.isUsedBy(meant) ? Optional.of(meant) : Optional.empty();
        }

        String text() {
            StringBuilder text = new StringBuilder(sql);
            for (Map.Entry<Integer, Edit> edit : List.copyOf(edits.entrySet()).reversed()) {
                text.replace(
                        edit.getKey(), edit.getValue().end(), edit.getValue().written());
            }
            return text.toString();
        }

        private record Edit(int end, String written) {}
    }

    private static int length(SqlParserPos place) {
        return place.getEndColumnNum() - place.getColumnNum() + 1;
    }
}
