package io.kadedb.common.catalog;

import io.kadedb.common.inverted.TermClass;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * A secondary index of a table; a unique one is also what a UNIQUE constraint is made of.
 *
 * @param id stable: never reused, survives renames; 0 until the catalog has stored it
 * @param name unique among the relations of the table's schema
 * @param parts the key, the leading column first
 * @param nullsNotDistinct whether two NULLs are the same to a unique index
 * @param constraint whether it belongs to a UNIQUE constraint of its name
 * @param included ids of the columns that its entries hold besides the key, so that queries need not read the rows
 * @param condition which rows are in it; empty for all
 * @param state how far it is built
 */
public record IndexDefinition(
        long id,
        String name,
        List<Part> parts,
        boolean unique,
        boolean nullsNotDistinct,
        boolean constraint,
        Optional<String> comment,
        List<Integer> included,
        Optional<IndexExpression> condition,
        State state) {
    public IndexDefinition {
        parts = List.copyOf(parts);
        included = List.copyOf(included);
    }

    /** How far an index is built, and so who may use it. Two states that follow each other may be in use at one time. */
    public enum State {
        /** Whole: read and written. */
        PUBLIC(0),
        /** Entries of rows that are changed or removed are removed, but none is written. */
        DELETE_ONLY(1),
        /** Written as if it were whole, but entries of older rows may be missing. */
        WRITE_ONLY(2);

        private final int number;

        State(int number) {
            this.number = number;
        }

        /** The number in catalog records. */
        public int number() {
            return number;
        }

        public static State of(int number) {
            for (State state : values()) {
                if (state.number == number) {
                    return state;
                }
            }
            throw new IllegalArgumentException("unknown state of an index " + number);
        }
    }

    /** An index over all rows that holds nothing but its key. */
    public IndexDefinition(
            long id,
            String name,
            List<Part> parts,
            boolean unique,
            boolean nullsNotDistinct,
            boolean constraint,
            Optional<String> comment) {
        this(id, name, parts, unique, nullsNotDistinct, constraint, comment, List.of(), Optional.empty(), State.PUBLIC);
    }

    /**
     * A column of the key.
     *
     * @param columnId see {@link ColumnDefinition#id()}; {@link #NO_COLUMN} for an expression
     * @param expression what is computed, if it is no column
     * @param descending as it was declared; the index is kept in ascending order and read either way
     * @param nullsFirst as it was declared
     * @param terms what of its values an inverted index holds; empty where the index holds the values
     */
    public record Part(
            int columnId,
            Optional<IndexExpression> expression,
            boolean descending,
            boolean nullsFirst,
            Optional<TermClass> terms) {
        /** The id of no column. */
        public static final int NO_COLUMN = -1;

        /** A part of an index that holds its values. */
        public Part(int columnId, Optional<IndexExpression> expression, boolean descending, boolean nullsFirst) {
            this(columnId, expression, descending, nullsFirst, Optional.empty());
        }

        /** The same of an inverted index. */
        public Part withTerms(TermClass newTerms) {
            return new Part(columnId, expression, descending, nullsFirst, Optional.of(newTerms));
        }

        /** A column, with NULLs where they are when nothing is said of them. */
        public Part(int columnId, boolean descending) {
            this(columnId, Optional.empty(), descending, descending);
        }

        /** An expression. */
        public Part(IndexExpression expression, boolean descending, boolean nullsFirst) {
            this(NO_COLUMN, Optional.of(expression), descending, nullsFirst);
        }

        /** The type of its values. */
        public SqlType type(TableDefinition table) {
            return expression
                    .map(IndexExpression::type)
                    .orElseGet(() ->
                            table.columns().get(table.ordinalOfId(columnId)).type());
        }

        Part withColumn(IntUnaryOperator columns) {
            return expression.isPresent()
                    ? this
                    : new Part(columns.applyAsInt(columnId), expression, descending, nullsFirst, terms);
        }

        Part withExpression(UnaryOperator<IndexExpression> change) {
            return new Part(columnId, expression.map(change), descending, nullsFirst, terms);
        }
    }

    public IndexDefinition withId(long newId) {
        return new IndexDefinition(
                newId, name, parts, unique, nullsNotDistinct, constraint, comment, included, condition, state);
    }

    public IndexDefinition withName(String newName) {
        return new IndexDefinition(
                id, newName, parts, unique, nullsNotDistinct, constraint, comment, included, condition, state);
    }

    public IndexDefinition withComment(Optional<String> newComment) {
        return new IndexDefinition(
                id, name, parts, unique, nullsNotDistinct, constraint, newComment, included, condition, state);
    }

    /** The same with other expressions. */
    public IndexDefinition withExpressions(UnaryOperator<IndexExpression> change) {
        return new IndexDefinition(
                id,
                name,
                parts.stream().map(part -> part.withExpression(change)).toList(),
                unique,
                nullsNotDistinct,
                constraint,
                comment,
                included,
                condition.map(change),
                state);
    }

    /** The same over the columns of other ids. */
    public IndexDefinition withColumns(IntUnaryOperator columns) {
        UnaryOperator<IndexExpression> moved = computed -> computed.withColumnIds(
                computed.columnIds().stream().map(columns::applyAsInt).toList());
        IndexDefinition expressions = withExpressions(moved);
        return new IndexDefinition(
                id,
                name,
                expressions.parts.stream().map(part -> part.withColumn(columns)).toList(),
                unique,
                nullsNotDistinct,
                constraint,
                comment,
                included.stream().map(columns::applyAsInt).toList(),
                expressions.condition,
                state);
    }

    public IndexDefinition withState(State newState) {
        return new IndexDefinition(
                id, name, parts, unique, nullsNotDistinct, constraint, comment, included, condition, newState);
    }

    /** Whether queries may read it, and whether its keys are known to be unique if they have to be. */
    public boolean isPublic() {
        return state == State.PUBLIC;
    }

    /** Whether it holds terms of values instead of the values: all its parts do. */
    public boolean isInverted() {
        return parts.getFirst().terms().isPresent();
    }

    /** The ids of the key's columns; {@link Part#NO_COLUMN} for expressions. */
    public List<Integer> columnIds() {
        return parts.stream().map(Part::columnId).toList();
    }

    /** The ids of all columns that its entries depend on, each once. */
    public List<Integer> usedColumnIds() {
        Set<Integer> used = new LinkedHashSet<>();
        for (Part part : parts) {
            part.expression()
                    .ifPresentOrElse(computed -> used.addAll(computed.columnIds()), () -> used.add(part.columnId()));
        }
        condition.ifPresent(computed -> used.addAll(computed.columnIds()));
        used.addAll(included);
        return List.copyOf(used);
    }

    /** What is to be computed for its entries: the expressions of the key in order, then the condition. */
    public List<IndexExpression> computed() {
        List<IndexExpression> computed = new ArrayList<>();
        parts.forEach(part -> part.expression().ifPresent(computed::add));
        condition.ifPresent(computed::add);
        return computed;
    }

    /** The ids of the columns that {@link #computed()} reads, each once. */
    public List<Integer> computedFrom() {
        Set<Integer> read = new LinkedHashSet<>();
        computed().forEach(expression -> read.addAll(expression.columnIds()));
        return List.copyOf(read);
    }

    /** Whether all parts of its key are columns, and all rows are in it. */
    public boolean isPlain() {
        return condition.isEmpty()
                && parts.stream().allMatch(part -> part.expression().isEmpty());
    }

    /** Whether no two rows of the table are equal in its columns. */
    public boolean isKey() {
        return unique && isPlain() && isPublic();
    }
}
