package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.grammar.KadeSqlParser.CommonTableContext;
import io.kadedb.parser.grammar.KadeSqlParser.CycleClauseContext;
import io.kadedb.parser.grammar.KadeSqlParser.ExpressionContext;
import io.kadedb.parser.grammar.KadeSqlParser.IdentifierContext;
import io.kadedb.parser.grammar.KadeSqlParser.SearchClauseContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * SEARCH and CYCLE of recursive queries (PostgreSQL manual, 7.8.2): columns that both terms of the union carry along.
 *
 * <p>The column of SEARCH is an array of texts that sort as the rows are to come. The path of CYCLE is an array of rows
 * written as text.
 */
final class RecursiveTraversal {
    private static final String SEED = "$seed";
    private static final String STEP = "$step";
    private static final String SEARCHED = "$searched";
    private static final String VISITED = "$visited";

    private final AstBuilder ast;
    private final CommonTableContext table;
    private final String name;
    private final List<String> names;
    private final SqlCall union;
    private final SqlSelect step;

    /** @throws KadeException 42601 if the query is not recursive, or a column has no place in it */
    RecursiveTraversal(AstBuilder ast, CommonTableContext table, SqlNode query, boolean recursive) {
        this.ast = ast;
        this.table = table;
        this.name = ast.names.text(table.identifier());
        Token clause = table.searchClause() != null
                ? table.searchClause().getStart()
                : table.cycleClause().getStart();
        if (!recursive) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "WITH query is not recursive")
                    .at(Places.of(clause));
        }
        this.union = (SqlCall) query;
        if (!(union.operand(1) instanceof SqlSelect select)) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "with a SEARCH or CYCLE clause, the right side of the UNION must be a SELECT")
                    .at(Places.of(clause));
        }
        this.step = select;
        this.names = names(clause);
        check();
    }

    private List<String> names(Token clause) {
        List<String> known = new ArrayList<>();
        if (table.nameList() != null) {
            ast.names.names(table.nameList()).forEach(column -> known.add(column.text()));
        }
        SqlNodeList items = union.operand(0) instanceof SqlSelect seed ? seed.getSelectList() : SqlNodeList.EMPTY;
        boolean star = items.stream().anyMatch(item -> item instanceof SqlIdentifier id && id.isStar());
        if (known.isEmpty() && (star || items.isEmpty())) {
            throw Unsupported.feature("SEARCH and CYCLE without names for the query's columns are", clause)
                    .hint("name them: " + name + "(a, b)");
        }
        for (int i = known.size(); !star && i < items.size(); i++) {
            known.add(
                    switch (items.get(i)) {
                        case SqlIdentifier id -> id.names.getLast();
                        case SqlCall as when as.getKind() == SqlKind.AS -> ((SqlIdentifier) as.operand(1)).getSimple();
                        case SqlCall call -> call.getOperator().getName().toLowerCase(Locale.ROOT);
                        default -> "?column?";
                    });
        }
        return known;
    }

    private void check() {
        SearchClauseContext search = table.searchClause();
        CycleClauseContext cycle = table.cycleClause();
        List<String> taken = new ArrayList<>(names);
        if (search != null) {
            String word = search.IDENT(0).getText().toUpperCase(Locale.ROOT);
            if (!word.equals("SEARCH")) {
                throw SyntaxErrors.at(search.getStart());
            }
            isBreadth();
            known(searched(), "search");
            take(taken, search.identifier().getLast(), "search sequence column name");
        }
        if (cycle != null) {
            known(cycled(), "cycle");
            take(taken, mark(cycle), "cycle mark column name");
            take(taken, cycle.identifier().getLast(), "cycle path column name");
        }
    }

    private void known(List<IdentifierContext> columns, String what) {
        List<String> seen = new ArrayList<>();
        for (IdentifierContext column : columns) {
            String text = ast.names.text(column);
            if (!names.contains(text)) {
                throw KadeException.of(
                                ErrorCode.SYNTAX_ERROR, what + " column \"" + text + "\" not in WITH query column list")
                        .at(Places.of(column.getStart()));
            }
            if (seen.contains(text)) {
                throw KadeException.of(
                                ErrorCode.DUPLICATE_COLUMN, what + " column \"" + text + "\" specified more than once")
                        .at(Places.of(column.getStart()));
            }
            seen.add(text);
        }
    }

    private void take(List<String> taken, IdentifierContext column, String what) {
        String text = ast.names.text(column);
        if (taken.contains(text)) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            what + " \"" + text + "\" already used"
                                    + (names.contains(text) ? " in WITH query column list" : ""))
                    .at(Places.of(column.getStart()));
        }
        taken.add(text);
    }

    private boolean isBreadth() {
        return switch (table.searchClause().IDENT(1).getText().toUpperCase(Locale.ROOT)) {
            case "BREADTH" -> true;
            case "DEPTH" -> false;
            default -> throw SyntaxErrors.at(table.searchClause().IDENT(1).getSymbol());
        };
    }

    private List<IdentifierContext> searched() {
        List<IdentifierContext> all = table.searchClause().identifier();
        return all.subList(0, all.size() - 1);
    }

    private List<IdentifierContext> cycled() {
        List<IdentifierContext> all = table.cycleClause().identifier();
        return all.subList(0, all.size() - 2);
    }

    private static IdentifierContext mark(CycleClauseContext cycle) {
        return cycle.identifier(cycle.identifier().size() - 2);
    }

    /** The names of all columns. */
    SqlNodeList columns() {
        SqlParserPos pos = Places.pos(table);
        List<SqlNode> columns = new ArrayList<>();
        names.forEach(column -> columns.add(new SqlIdentifier(column, pos)));
        if (table.searchClause() != null) {
            columns.add(ast.names.identifier(table.searchClause().identifier().getLast()));
        }
        if (table.cycleClause() != null) {
            columns.add(ast.names.identifier(mark(table.cycleClause())));
            columns.add(ast.names.identifier(table.cycleClause().identifier().getLast()));
        }
        return new SqlNodeList(columns, pos);
    }

    /** The union with the columns that are carried along. */
    SqlNode query() {
        List<String> seed = new ArrayList<>();
        List<String> next = new ArrayList<>();
        List<String> carried = new ArrayList<>();
        if (table.searchClause() != null) {
            String keys = searched().stream()
                    .map(column -> call(KadeOperators.SORT_TEXT, "%s." + quoted(column)))
                    .collect(Collectors.joining(", "));
            String before = quoted(STEP) + "." + quoted(SEARCHED);
            seed.add("array[" + (isBreadth() ? "lpad('0', 10, '0'), " : "") + keys.replace("%s", quoted(SEED)) + "]");
            String own = keys.replace("%s", quoted(STEP));
            next.add(
                    isBreadth()
                            ? "array[lpad((" + before + "[1]::integer + 1)::text, 10, '0'), " + own + "]"
                            : before + " || array[" + own + "]");
            carried.add(ast.names.text(table.searchClause().identifier().getLast()));
        }
        if (table.cycleClause() != null) {
            CycleClauseContext cycle = table.cycleClause();
            String row = call(
                    KadeOperators.ROW_TEXT,
                    cycled().stream().map(column -> "%s." + quoted(column)).collect(Collectors.joining(", ")));
            String before = quoted(STEP) + "." + quoted(VISITED);
            String own = row.replace("%s", quoted(STEP));
            String end = cycle.TO() == null ? "true" : constant(cycle.expression(0));
            String none = cycle.TO() == null ? "false" : constant(cycle.expression(1));
            seed.add(none);
            seed.add("array[" + row.replace("%s", quoted(SEED)) + "]");
            next.add("case when " + own + " = any (" + before + ") then " + end + " else " + none + " end");
            next.add(before + " || array[" + own + "]");
            carried.add(ast.names.text(cycle.identifier().getLast()));
            String goesOn = quoted(alias(step.getFrom())) + "." + quoted(mark(cycle)) + " <> " + end;
            SqlNode where = step.getWhere();
            SqlNode condition = parsed(goesOn);
            step.setWhere(
                    where == null
                            ? condition
                            : SqlStdOperatorTable.AND.createCall(where.getParserPosition(), condition, where));
        }
        SqlNodeList items =
                new SqlNodeList(step.getSelectList(), step.getSelectList().getParserPosition());
        String own = alias(step.getFrom());
        carried.forEach(column -> items.add(new SqlIdentifier(List.of(own, column), SqlParserPos.ZERO)));
        step.setSelectList(items);
        List<String> inner = new ArrayList<>(names);
        if (table.searchClause() != null) {
            inner.add(SEARCHED);
        }
        if (table.cycleClause() != null) {
            inner.add(VISITED);
        }
        return union.getOperator()
                .createCall(
                        union.getParserPosition(),
                        over(union.operand(0), SEED, names, seed),
                        over(step, STEP, inner, next));
    }

    private String constant(ExpressionContext expression) {
        String text = ast.source(expression);
        return text.startsWith("'") ? "cast(" + text + " as text)" : "(" + text + ")";
    }

    /** A term with more columns. */
    private SqlSelect over(SqlNode query, String alias, List<String> inner, List<String> more) {
        SqlParserPos pos = query.getParserPosition();
        List<SqlNode> as = new ArrayList<>(List.of(query, new SqlIdentifier(alias, pos)));
        inner.forEach(column -> as.add(new SqlIdentifier(column, pos)));
        SqlNodeList items = new SqlNodeList(pos);
        names.forEach(column -> items.add(new SqlIdentifier(List.of(alias, column), pos)));
        more.forEach(text -> items.add(parsed(text)));
        SqlNode from = SqlStdOperatorTable.AS.createCall(pos, as);
        return PlainSelect.of(pos, items, from);
    }

    /** What the step calls the table. */
    private String alias(@Nullable SqlNode from) {
        String found = find(from);
        if (found == null) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "with a SEARCH or CYCLE clause, the recursive reference to WITH query \"" + name
                                    + "\" must be at the top level of its right-hand SELECT")
                    .at(Positions.of(step.getParserPosition()));
        }
        return found;
    }

    private @Nullable String find(@Nullable SqlNode from) {
        return switch (from) {
            case SqlIdentifier id when id.isSimple() && id.getSimple().equals(name) -> name;
            case SqlJoin join -> {
                String left = find(join.getLeft());
                yield left == null ? find(join.getRight()) : left;
            }
            case SqlCall as
            when as.getKind() == SqlKind.AS && find(as.operand(0)) != null ->
                ((SqlIdentifier) as.operand(1)).getSimple();
            case null, default -> null;
        };
    }

    private static SqlNode parsed(String sql) {
        return new SqlParser().parseExpression(sql).node();
    }

    private static String call(String function, String arguments) {
        return quoted(function) + "(" + arguments + ")";
    }

    private String quoted(IdentifierContext column) {
        return quoted(ast.names.text(column));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
