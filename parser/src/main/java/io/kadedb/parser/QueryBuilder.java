package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Queries: WITH, set operations, SELECT, VALUES, ORDER BY and LIMIT. */
final class QueryBuilder {
    private final AstBuilder ast;

    QueryBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    SqlNode query(QueryContext query) {
        if (!query.lockingClause().isEmpty()) {
            throw Unsupported.feature(
                    "row locks (FOR UPDATE, FOR SHARE) are",
                    query.lockingClause(0).getStart());
        }
        SqlNode body = new SetOperations(this).build(query.queryBody());
        if (query.withClause() != null) {
            body = new SqlWith(Places.pos(query), commonTables(query.withClause()), body);
        }
        if (query.ORDER() == null && query.limitClause().isEmpty()) {
            return body;
        }
        LimitBuilder limit = new LimitBuilder(ast, query.limitClause());
        SqlNodeList order = query.ORDER() == null ? SqlNodeList.EMPTY : orderList(query.orderItem());
        return new SqlOrderBy(Places.pos(query), body, order, limit.offset(), limit.fetch());
    }

    SqlNodeList commonTables(WithClauseContext with) {
        List<SqlNode> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (CommonTableContext table : with.commonTable()) {
            SqlIdentifier name = ast.names.identifier(table.identifier());
            if (!seen.add(name.getSimple())) {
                throw KadeException.of(
                                ErrorCode.DUPLICATE_ALIAS,
                                "WITH query name \"" + name.getSimple() + "\" specified more than once")
                        .at(Positions.of(name.getParserPosition()));
            }
            SqlNode query = query(table.query());
            boolean recursive = with.RECURSIVE() != null && SelfReferences.in(query, name.getSimple());
            if (recursive && query.getKind() != SqlKind.UNION) {
                throw KadeException.of(
                                ErrorCode.INVALID_RECURSION,
                                "recursive query \"" + name.getSimple()
                                        + "\" does not have the form non-recursive-term UNION [ALL] recursive-term")
                        .at(Positions.of(name.getParserPosition()));
            }
            items.add(new SqlWithItem(
                    Places.pos(table),
                    name,
                    table.nameList() == null ? null : ast.names.identifiers(table.nameList()),
                    query,
                    SqlLiteral.createBoolean(recursive, Places.pos(with))));
        }
        return new SqlNodeList(items, Places.pos(with));
    }

    SqlNode primary(QueryPrimaryContext primary) {
        return switch (primary) {
            case SelectContext select ->
                select(
                        Places.pos(select),
                        select.setQuantifier(),
                        selectList(select.selectItem()),
                        select.fromList(),
                        new Clauses(
                                select.where(),
                                select.groupBy(),
                                select.having(),
                                select.windowClause(),
                                select.qualify()));
            case FromFirstContext from ->
                select(
                        Places.pos(from),
                        from.setQuantifier(),
                        from.SELECT() == null ? star(Places.pos(from)) : selectList(from.selectItem()),
                        from.fromList(),
                        new Clauses(from.where(), from.groupBy(), from.having(), from.windowClause(), from.qualify()));
            case ValuesContext values -> values(values);
            case ExplicitTableContext table ->
                SqlStdOperatorTable.EXPLICIT_TABLE.createCall(
                        Places.pos(table), ast.names.identifier(table.qualifiedName()));
            case NestedQueryContext nested -> query(nested.query());
            default -> throw SyntaxErrors.at(primary.getStart());
        };
    }

    /** What follows FROM. */
    private record Clauses(
            @Nullable WhereContext where,
            @Nullable GroupByContext groupBy,
            @Nullable HavingContext having,
            @Nullable WindowClauseContext window,
            @Nullable QualifyContext qualify) {}

    private SqlNode select(
            SqlParserPos pos,
            @Nullable SetQuantifierContext quantifier,
            SqlNodeList items,
            @Nullable FromListContext from,
            Clauses clauses) {
        return new SqlSelect(
                pos,
                keywords(quantifier),
                items,
                from == null ? null : ast.from.from(from),
                clauses.where() == null
                        ? null
                        : ast.expressions.expression(clauses.where().expression()),
                clauses.groupBy() == null ? null : new GroupByBuilder(ast).build(clauses.groupBy()),
                clauses.having() == null
                        ? null
                        : ast.expressions.expression(clauses.having().expression()),
                new WindowBuilder(ast).declarations(clauses.window()),
                clauses.qualify() == null
                        ? null
                        : ast.expressions.expression(clauses.qualify().expression()),
                null,
                null,
                null,
                null);
    }

    private static @Nullable SqlNodeList keywords(@Nullable SetQuantifierContext quantifier) {
        if (quantifier == null || quantifier.DISTINCT() == null) {
            return null;
        }
        if (quantifier.ON() != null) {
            throw Unsupported.feature("DISTINCT ON is", quantifier.ON().getSymbol());
        }
        SqlParserPos pos = Places.pos(quantifier);
        return new SqlNodeList(List.of(SqlSelectKeyword.DISTINCT.symbol(pos)), pos);
    }

    private static SqlNodeList star(SqlParserPos pos) {
        return new SqlNodeList(List.of(SqlIdentifier.star(pos)), pos);
    }

    SqlNodeList selectList(List<SelectItemContext> items) {
        List<SqlNode> nodes = new ArrayList<>(items.size());
        for (SelectItemContext item : items) {
            nodes.add(selectItem(item));
        }
        return new SqlNodeList(nodes, Places.pos(items.getFirst(), items.getLast()));
    }

    private SqlNode selectItem(SelectItemContext item) {
        if (item.STAR() != null) {
            return SqlIdentifier.star(Places.pos(item));
        }
        SqlNode value = ast.expressions.expression(item.expression());
        SqlIdentifier alias = item.label() != null
                ? ast.names.identifier(item.label())
                : item.identifier() != null ? ast.names.identifier(item.identifier()) : null;
        return alias == null ? value : SqlStdOperatorTable.AS.createCall(Places.pos(item), value, alias);
    }

    private SqlNode values(ValuesContext values) {
        List<SqlNode> rows = new ArrayList<>(values.valuesRow().size());
        for (ValuesRowContext row : values.valuesRow()) {
            List<SqlNode> items = row(row);
            if (!rows.isEmpty() && items.size() != ((SqlCall) rows.getFirst()).operandCount()) {
                throw KadeException.of(ErrorCode.SYNTAX_ERROR, "VALUES lists must all be the same length")
                        .at(Positions.of(Places.pos(row)));
            }
            rows.add(SqlStdOperatorTable.ROW.createCall(Places.pos(row), items));
        }
        return SqlStdOperatorTable.VALUES.createCall(Places.pos(values), rows);
    }

    List<SqlNode> row(ValuesRowContext row) {
        if (row.query() != null) {
            return List.of(query(row.query()));
        }
        List<SqlNode> items = new ArrayList<>(row.rowItem().size());
        for (RowItemContext item : row.rowItem()) {
            items.add(rowItem(item));
        }
        return items;
    }

    SqlNode rowItem(RowItemContext item) {
        return item.expression() == null
                ? SqlStdOperatorTable.DEFAULT.createCall(Places.pos(item))
                : ast.expressions.expression(item.expression());
    }

    SqlNodeList orderList(List<OrderItemContext> items) {
        List<SqlNode> nodes = new ArrayList<>(items.size());
        for (OrderItemContext item : items) {
            SqlParserPos pos = Places.pos(item);
            SqlNode node = ast.expressions.expression(item.expression());
            if (item.DESC() != null) {
                node = SqlStdOperatorTable.DESC.createCall(pos, node);
            }
            if (item.NULLS() != null) {
                node = (item.FIRST() == null ? SqlStdOperatorTable.NULLS_LAST : SqlStdOperatorTable.NULLS_FIRST)
                        .createCall(pos, node);
            }
            nodes.add(node);
        }
        return new SqlNodeList(nodes, Places.pos(items.getFirst(), items.getLast()));
    }
}
