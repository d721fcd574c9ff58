package io.kadedb.planner.lower;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.inverted.TermClass;
import io.kadedb.common.inverted.TermOperator;
import io.kadedb.common.inverted.TermQueries;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.path.PathTerms;
import io.kadedb.planner.index.Canonical;
import io.kadedb.planner.index.Implication;
import io.kadedb.planner.index.IndexValues;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Call;
import io.kadedb.planner.physical.ExprPrinter;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.TableRef;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.physical.TermCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads by inverted indexes, where a filter asks for what they hold. */
final class TermReads {
    /** The share of rows that a condition is thought to find, of which nothing is known. */
    private static final double SHARE = 0.005;
    /** What finding one row costs, and asking a condition of one in a scan. */
    private static final double FOUND_NANOS = 3_000;

    private static final double ASKED_NANOS = 300;

    private final TableDefinition table;
    private final TableRef reference;
    private final List<Integer> columns;
    private final List<Field> output;
    private final double rows;

    /** @param rows of the table */
    TermReads(TableDefinition table, TableRef reference, List<Integer> columns, List<Field> output, double rows) {
        this.table = table;
        this.reference = reference;
        this.columns = columns;
        this.output = output;
        this.rows = rows;
    }

    /**
     * The read by the index that answers most conjuncts, if one is worth it.
     *
     * @param known what the conjuncts say, over the table's ordinals
     */
    Optional<PhysicalPlan> plan(List<Expr> conjuncts, Implication known) {
        double found = Math.max(1, rows * SHARE);
        if (table.keyMode() != KeyMode.PLAIN || found * FOUND_NANOS > rows * ASKED_NANOS) {
            return Optional.empty();
        }
        PhysicalPlan best = null;
        int most = 0;
        for (IndexDefinition index : table.indexes()) {
            if (!index.isInverted() || !index.isPublic()) {
                continue;
            }
            IndexValues values = IndexValues.of(table, index);
            if (!values.condition().map(known::implies).orElse(true)) {
                continue;
            }
            Matching matching = new Matching(index, values.parts());
            List<TermCondition> conditions = matching.all(conjuncts);
            int worth = 2 * conditions.size() + (isByPath(index) ? 1 : 0);
            if (!conditions.isEmpty() && worth > most) {
                most = worth;
                best = new PhysicalPlan.TermScan(
                        reference,
                        columns,
                        index.name(),
                        names(values),
                        conditions.size() == 1 ? conditions.getFirst() : new TermCondition.All(conditions),
                        Scans.conjunction(conjuncts).orElseThrow(),
                        output,
                        found);
            }
        }
        return Optional.ofNullable(best);
    }

    /** Whether its terms tell apart what others do not. */
    private static boolean isByPath(IndexDefinition index) {
        return index.parts().stream().anyMatch(part -> part.terms().equals(Optional.of(TermClass.JSONB_PATH)));
    }

    private List<String> names(IndexValues values) {
        List<Field> fields = table.columns().stream()
                .map(column -> new Field(column.name(), column.type(), column.nullable()))
                .toList();
        return values.parts().stream()
                .map(part -> ExprPrinter.text(part, fields))
                .toList();
    }

    /** Finds out what conditions say of the parts of an index. */
    private final class Matching {
        private final IndexDefinition index;
        private final List<Expr> parts;

        Matching(IndexDefinition index, List<Expr> parts) {
            this.index = index;
            this.parts = parts.stream().map(part -> Canonical.of(part, i -> i)).toList();
        }

        /** What the index knows of the conjuncts. */
        List<TermCondition> all(List<Expr> conjuncts) {
            List<TermCondition> conditions = new ArrayList<>();
            for (Expr conjunct : conjuncts) {
                TermCondition condition = of(conjunct);
                if (condition != null) {
                    conditions.add(condition);
                }
            }
            return conditions;
        }

        private @Nullable TermCondition of(Expr condition) {
            if (!(condition instanceof Call call)) {
                return null;
            }
            return switch (call.function()) {
                case AND -> {
                    List<TermCondition> conditions = all(call.args());
                    yield conditions.isEmpty() ? null : new TermCondition.All(conditions);
                }
                case OR -> {
                    List<TermCondition> conditions = all(call.args());
                    yield conditions.size() < call.args().size() ? null : new TermCondition.Any(conditions);
                }
                default -> call.args().size() == 2 ? probe(call) : null;
            };
        }

        private @Nullable TermCondition probe(Call call) {
            Expr left = call.args().get(0);
            Expr right = call.args().get(1);
            TermOperator operator = operator(call.function(), false);
            TermOperator turned = operator(call.function(), true);
            TermCondition probe = operator == null ? null : probe(left, operator, right);
            return probe != null || turned == null ? probe : probe(right, turned, left);
        }

        private @Nullable TermCondition probe(Expr value, TermOperator operator, Expr operand) {
            if (!isConstant(operand)) {
                return null;
            }
            int part = parts.indexOf(Canonical.of(bare(value), columns::get));
            TermClass terms = part < 0 ? null : index.parts().get(part).terms().orElse(null);
            if (terms == null || !operator.isOf(terms)) {
                return null;
            }
            boolean useless = operand instanceof Expr.Literal literal
                    && literal.value() != null
                    && TermQueries.of(
                                    part, terms, operator, PathTerms.sought(operator, literal.value()), literal.type())
                            .isAll();
            return useless ? null : new TermCondition.Probe(part, operator, operand);
        }

        /** Texts are compared as text, of whatever type they are. */
        private static Expr bare(Expr value) {
            return value instanceof Expr.Cast cast
                            && cast.type().id() == TypeId.TEXT
                            && cast.input().type().id() == TypeId.VARCHAR
                    ? cast.input()
                    : value;
        }
    }

    /** Whether it has one value while a plan runs. */
    private static boolean isConstant(Expr expression) {
        return !(expression instanceof Expr.Column)
                && !(expression instanceof Call call && call.function().isVolatile())
                && expression.operands().stream().allMatch(TermReads::isConstant);
    }

    /**
     * What a function is to an index.
     *
     * @param turned whether the indexed value is on the right
     */
    private static @Nullable TermOperator operator(ScalarFunction function, boolean turned) {
        return switch (function) {
            case CONTAINS, JSON_CONTAINS -> turned ? TermOperator.CONTAINED : TermOperator.CONTAINS;
            case CONTAINED, JSON_CONTAINED -> turned ? TermOperator.CONTAINS : TermOperator.CONTAINED;
            case OVERLAPS -> TermOperator.OVERLAPS;
            case EQ -> TermOperator.EQUAL;
            case TS_MATCH -> TermOperator.MATCHES;
            case JSON_PATH_ANY -> turned ? null : TermOperator.PATH_EXISTS;
            case JSON_PATH_TRUE -> turned ? null : TermOperator.PATH_MATCHES;
            case LIKE -> turned ? null : TermOperator.LIKE;
            case ILIKE -> turned ? null : TermOperator.ILIKE;
            case REGEX_MATCH -> turned ? null : TermOperator.REGEX;
            case REGEX_IMATCH -> turned ? null : TermOperator.IREGEX;
            case JSON_HAS_KEY -> turned ? null : TermOperator.HAS_KEY;
            case JSON_HAS_ANY_KEY -> turned ? null : TermOperator.HAS_ANY_KEY;
            case JSON_HAS_ALL_KEYS -> turned ? null : TermOperator.HAS_ALL_KEYS;
            default -> null;
        };
    }
}
