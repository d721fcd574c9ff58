package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.SqlRowLocks;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Queries: WITH, set operations, SELECT, VALUES, ORDER BY and LIMIT. */
final class QueryBuilder {
    private final AstBuilder ast;
    /** The expressions of DISTINCT ON, until ORDER BY is known. */
    private final IdentityHashMap<SqlNode, SqlNodeList> distinctOn = new IdentityHashMap<>();

    private final AsOfBuilder asOf;

    QueryBuilder(AstBuilder ast) {
        this.ast = ast;
        this.asOf = new AsOfBuilder(ast);
    }

    /** A query as a statement, which may lock the rows it gives. */
    Statement statement(QueryContext query) {
        if (query.withClause() == null
                || query.withClause().commonTable().stream().allMatch(table -> table.statement() == null)) {
            asOf.begin(query.queryBody().queryPrimary(0));
            SqlNode built = build(query, true);
            return new Statement.Query(built, new LockingBuilder(ast).build(query.lockingClause()), asOf.end());
        }
        List<Statement.WithChanges.Change> changes = new ArrayList<>();
        SqlNodeList queries = commonTables(query.withClause(), changes);
        if (!query.lockingClause().isEmpty()) {
            throw Unsupported.feature(
                    "row locks (FOR UPDATE, FOR SHARE) behind WITH queries that write are",
                    query.lockingClause(0).getStart());
        }
        return new Statement.WithChanges(queries, changes, new Statement.Query(build(query, false)));
    }

    /** A query within a statement, perhaps as a call of {@link SqlRowLocks}. */
    SqlNode query(QueryContext query) {
        SqlNode built = build(query, true);
        return query.lockingClause().isEmpty()
                ? built
                : SqlRowLocks.around(built, new LockingBuilder(ast).build(query.lockingClause()));
    }

    /** @param with whether its WITH clause is part of it */
    private SqlNode build(QueryContext query, boolean with) {
        SqlNode body = new SetOperations(this).build(query.queryBody());
        SqlNodeList order = order(query);
        LimitBuilder limit = new LimitBuilder(ast, query.limitClause());
        TopRows.Sorted sorted = applyDistinctOn(body, order);
        body = sorted.query();
        order = sorted.order();
        ResultOrder.check(body, order);
        SqlNode fetch = limit.fetch();
        if (limit.isWithTies() && fetch != null) {
            sorted = new TopRows(ast).withTies(body, order, fetch, limit.offset());
            body = sorted.query();
            order = sorted.order();
            fetch = null;
        }
        body = ResultOrder.above(body, order);
        if (with && query.withClause() != null) {
            body = new SqlWith(Places.pos(query), commonTables(query.withClause(), null), body);
        }
        if (query.ORDER() == null && query.limitClause().isEmpty()) {
            return body;
        }
        return new SqlOrderBy(Places.pos(query), body, order, limit.offset(), fetch);
    }

    private SqlNodeList order(QueryContext query) {
        if (query.orderAll() != null) {
            OrderAllContext all = query.orderAll();
            SqlParserPos pos = Places.pos(all);
            SqlNode key = direction(
                    KadeOperators.allColumns(pos), all.DESC() != null, all.NULLS() != null, all.FIRST() != null, pos);
            return new SqlNodeList(List.of(key), pos);
        }
        return query.orderItem().isEmpty() ? SqlNodeList.EMPTY : orderList(query.orderItem());
    }

    /** One of several operands of a set operation: what it has of ORDER BY is in parentheses of its own. */
    SqlNode operand(QueryPrimaryContext primary) {
        return applyDistinctOn(primary(primary), SqlNodeList.EMPTY).query();
    }

    private TopRows.Sorted applyDistinctOn(SqlNode body, SqlNodeList order) {
        SqlNodeList values = distinctOn.remove(body);
        return values != null && body instanceof SqlSelect select
                ? new TopRows(ast).distinctOn(select, values, order)
                : new TopRows.Sorted(body, order);
    }

    /**
     * The queries of a WITH clause.
     *
     * @param changes takes those that write; null within other statements, where there may be none
     */
    SqlNodeList commonTables(WithClauseContext with, @Nullable List<Statement.WithChanges.Change> changes) {
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
            if (table.statement() != null) {
                items.add(change(table, name, items.size(), changes));
                continue;
            }
            SqlNode query = query(table.query());
            boolean recursive = with.RECURSIVE() != null && SelfReferences.in(query, name.getSimple());
            if (recursive && query instanceof SqlOrderBy ordered && ordered.query.getKind() == SqlKind.UNION) {
                throw notInRecursion(ordered);
            }
            if (recursive && SqlRowLocks.of(query).isPresent()) {
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "FOR UPDATE/SHARE in a recursive query is not implemented")
                        .at(Positions.of(query.getParserPosition()));
            }
            if (recursive && query.getKind() != SqlKind.UNION) {
                throw KadeException.of(
                                ErrorCode.INVALID_RECURSION,
                                "recursive query \"" + name.getSimple()
                                        + "\" does not have the form non-recursive-term UNION [ALL] recursive-term")
                        .at(Positions.of(name.getParserPosition()));
            }
            SqlNodeList columns = table.nameList() == null ? null : ast.names.identifiers(table.nameList());
            if (table.searchClause() != null || table.cycleClause() != null) {
                RecursiveTraversal traversal = new RecursiveTraversal(ast, table, query, recursive);
                columns = traversal.columns();
                query = traversal.query();
            }
            items.add(new SqlWithItem(
                    Places.pos(table), name, columns, query, SqlLiteral.createBoolean(recursive, Places.pos(with))));
        }
        return new SqlNodeList(items, Places.pos(with));
    }

    private SqlNode change(
            CommonTableContext table,
            SqlIdentifier name,
            int place,
            @Nullable List<Statement.WithChanges.Change> changes) {
        Statement statement = new StatementBuilder(ast).statement(table.statement());
        boolean writes = statement instanceof Statement.Insert
                || statement instanceof Statement.Update
                || statement instanceof Statement.Delete
                || statement instanceof Statement.Merge;
        if (!writes) {
            throw SyntaxErrors.at(table.statement().getStart());
        }
        if (changes == null) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "WITH clause containing a data-modifying statement must be at the top level")
                    .at(Positions.of(name.getParserPosition()));
        }
        SqlParserPos pos = Places.pos(table);
        SqlIdentifier rows =
                new SqlIdentifier(List.of(Statement.WithChanges.SCHEMA, Integer.toString(changes.size())), pos);
        changes.add(new Statement.WithChanges.Change(ast.names.name(table.identifier()), place, statement));
        SqlSelect all = PlainSelect.of(pos, new SqlNodeList(List.of(SqlIdentifier.star(pos)), pos), rows);
        return new SqlWithItem(
                pos,
                name,
                table.nameList() == null ? null : ast.names.identifiers(table.nameList()),
                all,
                SqlLiteral.createBoolean(false, pos));
    }

    private static KadeException notInRecursion(SqlOrderBy ordered) {
        String clause = !ordered.orderList.isEmpty() ? "ORDER BY" : ordered.offset != null ? "OFFSET" : "LIMIT";
        return KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, clause + " in a recursive query is not implemented")
                .at(Positions.of(ordered.getParserPosition()));
    }

    SqlNode primary(QueryPrimaryContext primary) {
        return switch (primary) {
            case SelectContext select ->
                select(
                        Places.pos(select),
                        select.setQuantifier(),
                        select.selectItem().isEmpty() ? noColumns(select) : selectList(select.selectItem()),
                        select,
                        select.fromList(),
                        new Clauses(
                                select.asOf(),
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
                        from,
                        from.fromList(),
                        new Clauses(
                                from.asOf(),
                                from.where(),
                                from.groupBy(),
                                from.having(),
                                from.windowClause(),
                                from.qualify()));
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
            @Nullable AsOfContext asOf,
            @Nullable WhereContext where,
            @Nullable GroupByContext groupBy,
            @Nullable HavingContext having,
            @Nullable WindowClauseContext window,
            @Nullable QualifyContext qualify) {}

    private SqlNode select(
            SqlParserPos pos,
            @Nullable SetQuantifierContext quantifier,
            SqlNodeList items,
            QueryPrimaryContext primary,
            @Nullable FromListContext from,
            Clauses clauses) {
        RowFunctions rows = new RowFunctions(items);
        SqlNode fromNode = rows.from(from == null ? null : ast.from.from(from));
        if (clauses.asOf() != null) {
            asOf.accept(clauses.asOf(), primary);
        }
        SqlSelect select = new SqlSelect(
                pos,
                keywords(quantifier),
                rows.items(),
                fromNode,
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
        if (quantifier != null && quantifier.ON() != null) {
            distinctOn.put(select, ast.expressions.list(quantifier.expressionList()));
        }
        return select;
    }

    private static @Nullable SqlNodeList keywords(@Nullable SetQuantifierContext quantifier) {
        if (quantifier == null || quantifier.DISTINCT() == null || quantifier.ON() != null) {
            return null;
        }
        SqlParserPos pos = Places.pos(quantifier);
        return new SqlNodeList(List.of(SqlSelectKeyword.DISTINCT.symbol(pos)), pos);
    }

    private static SqlNodeList star(SqlParserPos pos) {
        return new SqlNodeList(List.of(SqlIdentifier.star(pos)), pos);
    }

    /** EXISTS asks for no columns, so that a query within may do without; a constant stands for them. */
    private static SqlNodeList noColumns(SelectContext select) {
        if (select.setQuantifier() != null && select.setQuantifier().DISTINCT() != null) {
            throw SyntaxErrors.at(select.setQuantifier().getStart());
        }
        if (!isAskedForRowsAlone(select)) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "a SELECT without columns is supported within EXISTS alone")
                    .at(Places.of(select.getStart()))
                    .hint("name a column, or a constant such as 1");
        }
        SqlParserPos pos = Places.pos(select.getStart());
        return new SqlNodeList(List.of(SqlLiteral.createExactNumeric("1", pos)), pos);
    }

    private static boolean isAskedForRowsAlone(QueryPrimaryContext primary) {
        return primary.getParent() instanceof QueryBodyContext body
                && body.setOperator().isEmpty()
                && body.getParent() instanceof QueryContext query
                && (query.getParent() instanceof ExistsContext
                        || (query.getParent() instanceof NestedQueryContext nested && isAskedForRowsAlone(nested)));
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
            return changed(SqlIdentifier.star(Places.pos(item.STAR().getSymbol())), item);
        }
        SqlNode value = ast.expressions.expression(item.expression());
        if (item.starChange() != null) {
            return changed(value, item);
        }
        SqlIdentifier alias = item.label() != null
                ? ast.names.identifier(item.label())
                : item.identifier() != null ? ast.names.identifier(item.identifier()) : null;
        return alias == null ? value : SqlStdOperatorTable.AS.createCall(Places.pos(item), value, alias);
    }

    /** A star without some columns, or with others in their place. */
    private SqlNode changed(SqlNode star, SelectItemContext item) {
        StarChangeContext change = item.starChange();
        if (change == null) {
            return star;
        }
        SqlParserPos pos = Places.pos(item);
        if (!(star instanceof SqlIdentifier name) || !name.isStar()) {
            throw SyntaxErrors.at(change.getStart());
        }
        if (change.EXCLUDE() != null) {
            SqlNodeList columns = change.nameList() != null
                    ? ast.names.identifiers(change.nameList())
                    : new SqlNodeList(List.of(ast.names.identifier(change.identifier())), pos);
            return new SqlStarExclude(pos, name, columns);
        }
        List<SqlNode> replacements = new ArrayList<>();
        for (ReplacementContext replacement : change.replacement()) {
            replacements.add(SqlStdOperatorTable.AS.createCall(
                    Places.pos(replacement),
                    ast.expressions.expression(replacement.expression()),
                    ast.names.identifier(replacement.identifier())));
        }
        return new SqlStarReplace(pos, name, new SqlNodeList(replacements, pos));
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
            SqlNode node = ast.expressions.expression(item.expression());
            nodes.add(
                    direction(node, item.DESC() != null, item.NULLS() != null, item.FIRST() != null, Places.pos(item)));
        }
        return new SqlNodeList(nodes, Places.pos(items.getFirst(), items.getLast()));
    }

    private static SqlNode direction(
            SqlNode key, boolean descending, boolean nulls, boolean nullsFirst, SqlParserPos pos) {
        SqlNode node = descending ? SqlStdOperatorTable.DESC.createCall(pos, key) : key;
        if (!nulls) {
            return node;
        }
        return (nullsFirst ? SqlStdOperatorTable.NULLS_FIRST : SqlStdOperatorTable.NULLS_LAST).createCall(pos, node);
    }
}
