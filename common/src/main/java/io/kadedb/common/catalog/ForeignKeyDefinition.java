package io.kadedb.common.catalog;

import java.util.List;

/**
 * A FOREIGN KEY constraint: a row's columns are those of a row of the referenced table, or NULL.
 *
 * @param columns ids of the referencing columns
 * @param referencedTable its id; a table may refer to itself
 * @param referencedColumns ids of the referenced columns, one for each of {@code columns}: a primary key or what a unique
 *     index is over, in any order
 * @param matchFull whether some columns may not be NULL while others are not
 * @param setColumns ids of the columns that SET NULL and SET DEFAULT set on deletion
 * @param valid whether all rows are known to meet it: not if it was added NOT VALID
 */
public record ForeignKeyDefinition(
        String name,
        List<Integer> columns,
        long referencedTable,
        List<Integer> referencedColumns,
        boolean matchFull,
        Action onDelete,
        Action onUpdate,
        List<Integer> setColumns,
        boolean valid) {
    public ForeignKeyDefinition {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
        setColumns = List.copyOf(setColumns);
    }

    /** One that all rows meet. */
    public ForeignKeyDefinition(
            String name,
            List<Integer> columns,
            long referencedTable,
            List<Integer> referencedColumns,
            boolean matchFull,
            Action onDelete,
            Action onUpdate,
            List<Integer> setColumns) {
        this(name, columns, referencedTable, referencedColumns, matchFull, onDelete, onUpdate, setColumns, true);
    }

    /** What becomes of the referencing rows. */
    public enum Action {
        NO_ACTION(0),
        RESTRICT(1),
        CASCADE(2),
        SET_NULL(3),
        SET_DEFAULT(4);

        private final int number;

        Action(int number) {
            this.number = number;
        }

        /** The number in catalog records. */
        public int number() {
            return number;
        }

        public static Action of(int number) {
            for (Action action : values()) {
                if (action.number == number) {
                    return action;
                }
            }
            throw new IllegalArgumentException("unknown referential action " + number);
        }

        /** Whether the rows are only looked for. */
        public boolean refuses() {
            return this == NO_ACTION || this == RESTRICT;
        }
    }

    public ForeignKeyDefinition withReferencedTable(long id) {
        return copy(name, id, valid);
    }

    public ForeignKeyDefinition withName(String newName) {
        return copy(newName, referencedTable, valid);
    }

    public ForeignKeyDefinition withValid(boolean isValid) {
        return copy(name, referencedTable, isValid);
    }

    private ForeignKeyDefinition copy(String newName, long id, boolean isValid) {
        return new ForeignKeyDefinition(
                newName, columns, id, referencedColumns, matchFull, onDelete, onUpdate, setColumns, isValid);
    }
}
