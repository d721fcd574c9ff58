package io.kadedb.planner.validate;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.SqlAsof;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a FROM clause offers to the names in the other clauses: its tables' columns, and the columns that USING and
 * NATURAL merge, which go by their bare name and are the left side's, the right side's or the first that is not NULL.
 */
final class FromColumns {
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, SqlNode> merged = new HashMap<>();

    /**
     * A table or subquery and its columns.
     *
     * @param function whether it is a function
     * @param padded whether an outer join may have a row without one of its
     */
    record Source(String alias, SqlValidatorNamespace namespace, boolean function, boolean padded) {
        Source withPadding() {
            return new Source(alias, namespace, function, true);
        }

        List<String> columns() {
            return namespace.getRowType().getFieldNames();
        }

        boolean has(String column) {
            return columns().contains(column);
        }

        boolean isAmbiguous(String column) {
            return RepeatedNames.isAmbiguous(columns(), column);
        }
    }

    private FromColumns() {}

    static FromColumns of(SqlValidator validator, @Nullable SqlNode from) {
        FromColumns columns = new FromColumns();
        if (from instanceof SqlJoin join) {
            FromColumns left = of(validator, join.getLeft());
            FromColumns right = of(validator, join.getRight());
            columns.join(left, right, join);
        } else if (from != null) {
            SqlValidatorNamespace namespace = validator.getNamespace(unwrapped(from));
            String alias = SqlValidatorUtil.alias(from);
            if (namespace != null && alias != null) {
                columns.sources.add(new Source(alias, namespace, isFunction(from), false));
            }
        }
        return columns;
    }

    private static boolean isFunction(SqlNode from) {
        SqlNode node = from;
        while (node.getKind() == SqlKind.LATERAL || node.getKind() == SqlKind.AS) {
            node = ((SqlCall) node).operand(0);
        }
        return node.getKind() == SqlKind.COLLECTION_TABLE;
    }

    /** The columns of a join's sides, as its own condition sees them. */
    static FromColumns ofSides(SqlValidator validator, SqlJoin join) {
        FromColumns columns = new FromColumns();
        columns.add(of(validator, join.getLeft()), of(validator, join.getRight()), Set.of());
        return columns;
    }

    /**
     * The condition of USING or NATURAL where a side has merged the column itself, which Calcite would take for the
     * first of the columns merged; nothing where Calcite is right.
     */
    static Optional<SqlNode> conditionOnMerged(SqlValidator validator, SqlJoin join) {
        FromColumns left = of(validator, join.getLeft());
        FromColumns right = of(validator, join.getRight());
        Set<String> common = left.common(right, join);
        if (common.stream().noneMatch(name -> left.merged.containsKey(name) || right.merged.containsKey(name))) {
            return Optional.empty();
        }
        SqlNode condition = null;
        for (String name : common) {
            Optional<SqlNode> first = left.bare(name);
            Optional<SqlNode> second = right.bare(name);
            if (first.isEmpty() || second.isEmpty()) {
                return Optional.empty();
            }
            boolean compared = join instanceof SqlAsof asof && name.equals(asof.comparedColumn());
            SqlNode equal = (compared ? SqlStdOperatorTable.GREATER_THAN_OR_EQUAL : SqlStdOperatorTable.EQUALS)
                    .createCall(SqlParserPos.ZERO, first.get(), second.get());
            condition =
                    condition == null ? equal : SqlStdOperatorTable.AND.createCall(SqlParserPos.ZERO, condition, equal);
        }
        return Optional.ofNullable(condition);
    }

    private static SqlNode unwrapped(SqlNode from) {
        SqlNode node = from;
        while (node.getKind() == SqlKind.LATERAL
                || (node.getKind() == SqlKind.AS
                        && ((SqlCall) node).operandCount() == 2
                        && ((SqlCall) node).operand(0).getKind() == SqlKind.LATERAL)) {
            node = ((SqlCall) node).operand(0);
        }
        return node;
    }

    private void join(FromColumns left, FromColumns right, SqlJoin join) {
        Set<String> common = left.common(right, join);
        add(left, right, common);
        if (join.getJoinType().generatesNullsOnLeft()) {
            sources.subList(0, left.sources.size()).replaceAll(Source::withPadding);
        }
        if (join.getJoinType().generatesNullsOnRight()) {
            sources.subList(left.sources.size(), sources.size()).replaceAll(Source::withPadding);
        }
        for (String name : common) {
            Optional<SqlNode> first = left.bare(name);
            Optional<SqlNode> second = right.bare(name);
            if (first.isPresent() && second.isPresent()) {
                merged.put(name, merge(join, first.get(), second.get()));
            } else if (left.names().contains(name) && right.names().contains(name)) {
                throw KadeException.of(
                                ErrorCode.AMBIGUOUS_COLUMN,
                                "common column name \"" + name + "\" appears more than once in "
                                        + (first.isPresent() ? "right" : "left") + " table")
                        .at(Positions.of(join.getParserPosition()));
            }
        }
    }

    private static SqlNode merge(SqlJoin join, SqlNode left, SqlNode right) {
        return switch (join.getJoinType()) {
            case RIGHT -> right;
            case FULL -> SqlStdOperatorTable.COALESCE.createCall(SqlParserPos.ZERO, left, right);
            default -> left;
        };
    }

    private void add(FromColumns left, FromColumns right, Set<String> common) {
        sources.addAll(left.sources);
        sources.addAll(right.sources);
        left.merged.forEach((name, node) -> {
            if (!common.contains(name) && !right.names().contains(name)) {
                merged.put(name, node);
            }
        });
        right.merged.forEach((name, node) -> {
            if (!common.contains(name) && !left.names().contains(name)) {
                merged.put(name, node);
            }
        });
    }

    private Set<String> common(FromColumns right, SqlJoin join) {
        Set<String> common = new LinkedHashSet<>();
        if (join.isNatural()) {
            common.addAll(names());
            common.retainAll(right.names());
        } else if (join.getConditionType() == JoinConditionType.USING) {
            ((SqlNodeList) Objects.requireNonNull(join.getCondition()))
                    .forEach(name -> common.add(((SqlIdentifier) name).getSimple()));
        }
        return common;
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        sources.forEach(source -> names.addAll(source.columns()));
        return names;
    }

    /** What a bare name stands for, if exactly one column has it. */
    private Optional<SqlNode> bare(String name) {
        if (merged.containsKey(name)) {
            return merged(name);
        }
        List<Source> having =
                sources.stream().filter(source -> source.has(name)).toList();
        return having.size() == 1 && !having.getFirst().isAmbiguous(name)
                ? Optional.of(new SqlIdentifier(List.of(having.getFirst().alias(), name), SqlParserPos.ZERO))
                : Optional.empty();
    }

    /** What a merged column stands for. */
    Optional<SqlNode> merged(String name) {
        return Optional.ofNullable(merged.get(name));
    }

    /** The tables and subqueries that have a column of the name. */
    List<Source> having(String name) {
        return sources.stream().filter(source -> source.has(name)).toList();
    }

    /** The table or subquery of a name. */
    Optional<Source> source(String alias) {
        return sources.stream().filter(source -> source.alias().equals(alias)).findFirst();
    }

    List<Source> sources() {
        return List.copyOf(sources);
    }
}
