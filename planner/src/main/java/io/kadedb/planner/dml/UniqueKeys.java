package io.kadedb.planner.dml;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.IndexExpression;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.OnConflict;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.Statement.IndexPart;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.index.Implication;
import io.kadedb.planner.index.IndexValues;
import io.kadedb.planner.physical.Expr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The unique keys of a table in which a row to insert may meet another. */
final class UniqueKeys {
    private final PlanningSession session;
    private final TableDefinition table;

    UniqueKeys(PlanningSession session, TableDefinition table) {
        this.session = session;
        this.table = table;
    }

    /**
     * A key by which no two rows are equal.
     *
     * @param constraint the name of the constraint it is of; empty for a mere index
     * @param index that holds it; empty for the primary key
     * @param columns ordinals of its columns; {@link TableDefinition#COMPUTED} for expressions
     * @param nullsEqual whether rows with NULLs are equal too
     */
    record UniqueKey(
            Optional<String> constraint, Optional<IndexDefinition> index, List<Integer> columns, boolean nullsEqual) {
        UniqueKey {
            columns = List.copyOf(columns);
        }

        /** Whether its values have to be computed, since it is of expressions or of some rows only. */
        boolean isComputed() {
            return index.filter(definition -> !definition.isPlain()).isPresent();
        }

        Optional<String> indexName() {
            return index.map(IndexDefinition::name);
        }
    }

    private List<UniqueKey> all() {
        List<UniqueKey> keys = new ArrayList<>();
        if (table.hasPrimaryKey()) {
            keys.add(new UniqueKey(
                    Optional.of(table.primaryKeyConstraint()), Optional.empty(), table.primaryKey(), false));
        }
        for (IndexDefinition index : table.indexes()) {
            if (index.unique() && index.isPublic()) {
                Optional<String> constraint = index.constraint() ? Optional.of(index.name()) : Optional.empty();
                keys.add(new UniqueKey(
                        constraint, Optional.of(index), table.ordinalsOf(index), index.nullsNotDistinct()));
            }
        }
        return keys;
    }

    /** The keys that ON CONFLICT means: all when it names none. */
    List<UniqueKey> of(OnConflict conflict) {
        List<UniqueKey> keys = all();
        if (conflict.constraint().isPresent()) {
            Name name = conflict.constraint().get();
            return keys.stream()
                    .filter(key -> key.constraint.equals(Optional.of(name.text())))
                    .findFirst()
                    .map(List::of)
                    .orElseThrow(() -> KadeException.of(
                                    ErrorCode.UNDEFINED_OBJECT,
                                    "constraint \"" + name.text() + "\" for table \"" + table.name()
                                            + "\" does not exist")
                            .at(name.position()));
        }
        if (conflict.parts().isEmpty()) {
            return keys;
        }
        Set<Integer> columns = new HashSet<>();
        Set<Expr> expressions = new HashSet<>();
        for (IndexPart part : conflict.parts()) {
            part.operatorClass().ifPresent(named -> {
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED, "operator classes in ON CONFLICT are not supported")
                        .at(named.position());
            });
            IndexParts.column(part)
                    .ifPresentOrElse(
                            name -> columns.add(ordinal(name)), () -> expressions.add(expression(part.expression())));
        }
        Implication known = new Implication(conflict.condition().stream()
                .map(written -> checked(written, "ON CONFLICT predicates", IndexValues::condition))
                .toList());
        return keys.stream()
                .filter(key -> isOver(key, columns, expressions, known))
                .min((a, b) -> Boolean.compare(isPartial(a), isPartial(b)))
                .map(List::of)
                .orElseThrow(() -> KadeException.of(
                                ErrorCode.INVALID_COLUMN_REFERENCE,
                                "there is no unique or exclusion constraint matching the ON CONFLICT specification")
                        .at(place(conflict.parts().getFirst().expression())));
    }

    private static boolean isPartial(UniqueKey key) {
        return key.index.flatMap(IndexDefinition::condition).isPresent();
    }

    private int ordinal(Name name) {
        return table.ordinalOf(name.text())
                .orElseThrow(() -> KadeException.of(
                                ErrorCode.UNDEFINED_COLUMN, "column \"" + name.text() + "\" does not exist")
                        .at(name.position()));
    }

    private Expr expression(Expression written) {
        return checked(written, "ON CONFLICT expressions", IndexValues::expression);
    }

    private interface Planned {
        Expr of(TableDefinition table, String sql);
    }

    private Expr checked(Expression written, String clause, Planned planned) {
        new RowRules(session, table).validate(written, clause);
        try {
            return planned.of(table, written.text());
        } catch (KadeException e) {
            throw e.at(place(written));
        }
    }

    private static SourcePosition place(Expression written) {
        return Positions.of(written.node().getParserPosition());
    }

    private boolean isOver(UniqueKey key, Set<Integer> columns, Set<Expr> expressions, Implication known) {
        Set<Integer> ownColumns = new HashSet<>(key.columns);
        boolean computed = ownColumns.remove(TableDefinition.COMPUTED);
        if (!ownColumns.equals(columns)) {
            return false;
        }
        if (!key.isComputed()) {
            return expressions.isEmpty();
        }
        IndexValues values = IndexValues.of(table, key.index.orElseThrow());
        Set<Expr> ownExpressions = new HashSet<>();
        for (int i = 0; computed && i < key.columns.size(); i++) {
            if (key.columns.get(i) == TableDefinition.COMPUTED) {
                ownExpressions.add(values.parts().get(i));
            }
        }
        return ownExpressions.equals(expressions)
                && values.condition().map(known::implies).orElse(true);
    }

    /** The values of a computed key, which are NULL for a row that is not in its index. */
    List<SqlNode> values(UniqueKey key) {
        IndexDefinition index = key.index.orElseThrow();
        if (key.nullsEqual && index.condition().isPresent()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "ON CONFLICT with a partial index that is NULLS NOT DISTINCT is not supported")
                    .detail("index \"" + index.name() + "\" of table \"" + table.name() + "\"")
                    .hint("name another unique key as the target of ON CONFLICT");
        }
        List<SqlNode> values = new ArrayList<>();
        for (IndexDefinition.Part part : index.parts()) {
            SqlNode value = part.expression()
                    .map(computed -> RowRules.parsed(computed.sql()))
                    .orElseGet(() -> new SqlIdentifier(
                            List.of(
                                    table.name(),
                                    table.columns()
                                            .get(table.ordinalOfId(part.columnId()))
                                            .name()),
                            SqlParserPos.ZERO));
            values.add(index.condition()
                    .map(IndexExpression::sql)
                    .<SqlNode>map(sql -> new SqlCase(
                            SqlParserPos.ZERO,
                            null,
                            SqlNodeList.of(RowRules.parsed(sql)),
                            SqlNodeList.of(value),
                            SqlLiteral.createNull(SqlParserPos.ZERO)))
                    .orElse(value));
        }
        return values;
    }
}
