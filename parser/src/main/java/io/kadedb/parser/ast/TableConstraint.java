package io.kadedb.parser.ast;

import io.kadedb.common.error.SourcePosition;
import java.util.List;
import java.util.Optional;

/** A constraint of CREATE TABLE or ALTER TABLE, written with a column or on its own. */
public sealed interface TableConstraint {
    /** The name given to it. */
    Optional<Name> name();

    SourcePosition position();

    record PrimaryKey(Optional<Name> name, List<Name> columns, SourcePosition position) implements TableConstraint {
        public PrimaryKey {
            columns = List.copyOf(columns);
        }
    }

    /** @param nullsNotDistinct whether NULLs are the same value to it */
    record Unique(Optional<Name> name, List<Name> columns, boolean nullsNotDistinct, SourcePosition position)
            implements TableConstraint {
        public Unique {
            columns = List.copyOf(columns);
        }
    }

    /** @param column the column it was written with */
    record Check(Optional<Name> name, Expression condition, Optional<Name> column, SourcePosition position)
            implements TableConstraint {}

    /** @param referenced columns; empty for the primary key */
    record ForeignKey(
            Optional<Name> name,
            List<Name> columns,
            QualifiedName table,
            List<Name> referenced,
            boolean matchFull,
            Rule onDelete,
            Rule onUpdate,
            SourcePosition position)
            implements TableConstraint {
        public ForeignKey {
            columns = List.copyOf(columns);
            referenced = List.copyOf(referenced);
        }
    }

    /**
     * What happens to the referencing rows.
     *
     * @param columns those that SET NULL and SET DEFAULT set; empty for all
     */
    record Rule(Action action, List<Name> columns) {
        public static final Rule NO_ACTION = new Rule(Action.NO_ACTION, List.of());

        public Rule {
            columns = List.copyOf(columns);
        }
    }

    /** The kinds of {@link Rule}. */
    enum Action {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }
}
