package io.kadedb.planner.validate;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.AggregatingSelectScope;
import org.apache.calcite.sql.validate.DelegatingScope;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Litmus;

/**
 * The names in the clauses of a statement's queries, made plain before Calcite validates a clause. What a FROM clause
 * offers is known once it has been validated.
 */
final class ClauseNames {
    private static final Set<SqlKind> ORDERS = Set.of(SqlKind.DESCENDING, SqlKind.NULLS_FIRST, SqlKind.NULLS_LAST);

    private final SqlValidatorImpl validator;
    private final BiConsumer<SqlSelect, SqlSelect> register;
    private final IdentityHashMap<SqlSelect, FromColumns> from = new IdentityHashMap<>();

    /**
     * The names of a statement.
     *
     * @param register told of subqueries that stand for columns, and before that of the query that they are in
     */
    ClauseNames(SqlValidatorImpl validator, BiConsumer<SqlSelect, SqlSelect> register) {
        this.validator = validator;
        this.register = register;
    }

    /** The names in all clauses but FROM and ORDER BY; called when FROM has been validated. */
    void resolve(SqlSelect select) {
        FromColumns own = FromColumns.of(validator, select.getFrom());
        from.put(select, own);
        List<FromColumns> scopes = scopes(select);
        SqlNodeList items = select.getSelectList();
        for (int i = 0; i < items.size(); i++) {
            items.set(i, item(items.get(i), scopes));
        }
        if (select.getWhere() != null) {
            Groupings.refuse(select.getWhere(), "WHERE");
            select.setWhere(NameResolution.resolved(validator, scopes, select.getWhere()));
        }
        if (select.getHaving() != null) {
            select.setHaving(NameResolution.resolved(validator, scopes, select.getHaving()));
        }
        SqlNodeList groups = select.getGroup();
        if (groups != null) {
            groups.forEach(group -> checkConstant(group, "GROUP BY"));
            List<SqlNode> resolved = new ArrayList<>();
            groups.forEach(group -> resolved.add(NameResolution.resolved(validator, scopes, group)));
            resolved.addAll(new DependentColumns(own, select).of(resolved));
            select.setGroupBy(new SqlNodeList(resolved, groups.getParserPosition()));
        }
        if (seesGroups(select)) {
            seeGroups(select, own);
        }
    }

    /** Whether what is beside aggregates has to be the same for all rows of a group. */
    private boolean seesGroups(SqlSelect select) {
        return validator.getSelectScope(select) instanceof AggregatingSelectScope;
    }

    private void seeGroups(SqlSelect select, FromColumns own) {
        Groupings.check(select);
        OuterColumns outer = outerColumns(select, own);
        SqlNodeList items = select.getSelectList();
        for (int i = 0; i < items.size(); i++) {
            SqlNode item = items.get(i);
            SqlNode wrapped = outer.wrapped(item);
            items.set(
                    i,
                    item instanceof SqlIdentifier id && wrapped.getKind() == SqlKind.SCALAR_QUERY
                            ? named(wrapped, id)
                            : wrapped);
        }
        if (select.getHaving() != null) {
            select.setHaving(outer.wrapped(select.getHaving()));
        }
    }

    private OuterColumns outerColumns(SqlSelect select, FromColumns own) {
        return new OuterColumns(validator, select, own, query -> register.accept(select, query));
    }

    private static SqlNode named(SqlNode value, SqlIdentifier name) {
        return SqlStdOperatorTable.AS.createCall(
                name.getParserPosition(), value, new SqlIdentifier(name.names.getLast(), name.getParserPosition()));
    }

    private SqlNode item(SqlNode item, List<FromColumns> scopes) {
        SqlNode resolved = NameResolution.resolved(validator, scopes, item);
        boolean named = item instanceof SqlIdentifier written
                && !(resolved instanceof SqlIdentifier column
                        && column.names.getLast().equals(written.names.getLast()));
        return named ? named(resolved, (SqlIdentifier) item) : resolved;
    }

    /** The condition of a join. */
    SqlNode condition(SqlJoin join, SqlNode condition, SqlValidatorScope scope) {
        Groupings.refuse(condition, "JOIN conditions");
        List<FromColumns> scopes = new ArrayList<>();
        scopes.add(FromColumns.ofSides(validator, join));
        scopes.addAll(around(scope));
        return NameResolution.resolved(validator, scopes, condition);
    }

    /**
     * ORDER BY: a lone name is that of a column of the result, if there is one; names within expressions are those of
     * FROM.
     */
    void resolveOrder(SqlSelect select, List<String> results) {
        SqlNodeList order = select.getOrderList();
        if (order == null) {
            return;
        }
        FromColumns own = from.get(select);
        OuterColumns outer = own != null && seesGroups(select) ? outerColumns(select, own) : null;
        for (int i = 0; i < order.size(); i++) {
            SqlNode key = key(order.get(i), select, results);
            order.set(i, outer == null || isResult(key, results) ? key : outer.wrapped(key));
        }
    }

    private static boolean isResult(SqlNode key, List<String> results) {
        SqlNode name = key;
        while (ORDERS.contains(name.getKind())) {
            name = ((SqlCall) name).operand(0);
        }
        return name instanceof SqlIdentifier id && id.isSimple() && isNamed(id, results);
    }

    private static boolean isNamed(SqlIdentifier id, List<String> results) {
        return results.stream().anyMatch(result -> RepeatedNames.plain(result).equals(id.getSimple()));
    }

    private SqlNode key(SqlNode key, SqlSelect select, List<String> results) {
        if (ORDERS.contains(key.getKind())) {
            SqlCall call = (SqlCall) key;
            return call.getOperator().createCall(key.getParserPosition(), key(call.operand(0), select, results));
        }
        checkConstant(key, "ORDER BY");
        checkPosition(key, results.size());
        if (key instanceof SqlIdentifier id && id.isSimple()) {
            if (isNamed(id, results)) {
                checkSame(id, select, results);
                return id;
            }
            return NameResolution.resolved(validator, scopes(select), key);
        }
        return NameResolution.qualified(validator, scopes(select), key, validator.getWhereScope(select));
    }

    /** Result columns of one name can be sorted by it if they are the same. */
    private static void checkSame(SqlIdentifier id, SqlSelect select, List<String> results) {
        SqlNode first = null;
        for (int i = 0; i < results.size() && i < select.getSelectList().size(); i++) {
            if (RepeatedNames.plain(results.get(i)).equals(id.getSimple())) {
                SqlNode value = SqlUtil.stripAs(select.getSelectList().get(i));
                if (first != null && !first.equalsDeep(value, Litmus.IGNORE)) {
                    throw KadeException.of(
                                    ErrorCode.AMBIGUOUS_COLUMN, "ORDER BY \"" + id.getSimple() + "\" is ambiguous")
                            .at(Positions.of(id.getParserPosition()));
                }
                first = value;
            }
        }
    }

    private static void checkConstant(SqlNode key, String clause) {
        if (key instanceof SqlLiteral literal
                && !(literal.getTypeName() == SqlTypeName.DECIMAL
                        && literal.getValueAs(BigDecimal.class).scale() <= 0)) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "non-integer constant in " + clause)
                    .at(Positions.of(key.getParserPosition()));
        }
    }

    /** A number, also a negative one, is the place of a column of the result. */
    private static void checkPosition(SqlNode key, int columns) {
        boolean negative = key.getKind() == SqlKind.MINUS_PREFIX;
        SqlNode place = negative ? ((SqlCall) key).operand(0) : key;
        if (place instanceof SqlNumericLiteral number && number.isInteger()) {
            BigDecimal position =
                    negative ? number.getValueAs(BigDecimal.class).negate() : number.getValueAs(BigDecimal.class);
            if (position.signum() <= 0 || position.compareTo(BigDecimal.valueOf(columns)) > 0) {
                throw KadeException.of(
                                ErrorCode.INVALID_COLUMN_REFERENCE,
                                "ORDER BY position " + position.toPlainString() + " is not in select list")
                        .at(Positions.of(key.getParserPosition()));
            }
        }
    }

    private List<FromColumns> scopes(SqlSelect select) {
        return around(validator.getWhereScope(select));
    }

    /** What the queries around a scope offer, the innermost first, as far as their FROM has been validated. */
    private List<FromColumns> around(SqlValidatorScope scope) {
        List<FromColumns> scopes = new ArrayList<>();
        SqlValidatorScope at = scope;
        while (at instanceof DelegatingScope inner) {
            if (at instanceof SelectScope select && from.containsKey(select.getNode())) {
                scopes.add(from.get(select.getNode()));
            }
            at = inner.getParent();
        }
        return scopes;
    }
}
