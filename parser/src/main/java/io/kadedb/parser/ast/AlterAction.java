package io.kadedb.parser.ast;

import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.type.SqlType;
import java.util.List;
import java.util.Optional;

/** What ALTER TABLE does. */
public sealed interface AlterAction {
    /**
     * ADD COLUMN.
     *
     * @param constraints that the column's clauses state
     */
    record AddColumn(ColumnDefinition column, List<TableConstraint> constraints, boolean ifNotExists)
            implements AlterAction {
        public AddColumn {
            constraints = List.copyOf(constraints);
        }
    }

    /** DROP COLUMN. */
    record DropColumn(Name column, boolean ifExists, boolean cascade) implements AlterAction {}

    /** SET DEFAULT, or DROP DEFAULT without a value. */
    record SetDefault(Name column, Optional<Expression> value) implements AlterAction {}

    /** SET NOT NULL, DROP NOT NULL. */
    record SetNotNull(Name column, boolean notNull, Optional<Name> constraint) implements AlterAction {}

    /** ALTER COLUMN .. TYPE. */
    record SetType(Name column, SqlType type, Optional<Expression> using, SourcePosition position)
            implements AlterAction {}

    /** ALTER COLUMN .. ADD GENERATED .. AS IDENTITY. */
    record AddIdentity(Name column, Generation.Identity identity) implements AlterAction {}

    /**
     * ALTER COLUMN .. SET GENERATED, SET and RESTART of an identity column's sequence.
     *
     * @param always what SET GENERATED says
     */
    record AlterIdentity(Name column, Optional<Boolean> always, List<SequenceOption> options) implements AlterAction {
        public AlterIdentity {
            options = List.copyOf(options);
        }
    }

    /** ALTER COLUMN .. DROP IDENTITY. */
    record DropIdentity(Name column, boolean ifExists) implements AlterAction {}

    /** ALTER COLUMN .. DROP EXPRESSION. */
    record DropExpression(Name column, boolean ifExists) implements AlterAction {}

    /** ALTER COLUMN .. SET EXPRESSION AS. */
    record SetExpression(Name column, Expression value) implements AlterAction {}

    /** ADD CONSTRAINT; existing rows are not looked at if it is NOT VALID. */
    record AddConstraint(TableConstraint constraint, boolean notValid) implements AlterAction {}

    /** DROP CONSTRAINT. */
    record DropConstraint(Name constraint, boolean ifExists, boolean cascade) implements AlterAction {}

    /** VALIDATE CONSTRAINT. */
    record ValidateConstraint(Name constraint) implements AlterAction {}

    /** RENAME COLUMN. */
    record RenameColumn(Name column, Name newName) implements AlterAction {}

    /** RENAME CONSTRAINT. */
    record RenameConstraint(Name constraint, Name newName) implements AlterAction {}

    /** RENAME TO. */
    record RenameTable(Name newName) implements AlterAction {}

    /** SET SCHEMA. */
    record SetSchema(Name schema) implements AlterAction {}

    /** OWNER TO; the current user without a name. */
    record SetOwner(Optional<Name> owner) implements AlterAction {}

    /** SET and RESET of the table's options: those it is to have. */
    record SetOptions(TableOptions options) implements AlterAction {}

    /**
     * DROP PARTITION FOR a value, or DROP PARTITIONS BEFORE one.
     *
     * @param before whether all partitions go that end at the value or before
     */
    record DropPartitions(Expression value, boolean before) implements AlterAction {}

    /** DROP EXPIRED PARTITIONS: those that ended longer ago than the retention. */
    record DropExpired(SourcePosition position) implements AlterAction {}
}
