package io.kadedb.parser.ast;

import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.type.SqlType;
import java.util.Optional;

/** An option of CREATE or ALTER SEQUENCE, or of an identity column. */
public sealed interface SequenceOption {
    SourcePosition position();

    record As(SqlType type, SourcePosition position) implements SequenceOption {}

    record Increment(long by, SourcePosition position) implements SequenceOption {}

    /** @param value empty for NO MINVALUE */
    record Min(Optional<Long> value, SourcePosition position) implements SequenceOption {}

    /** @param value empty for NO MAXVALUE */
    record Max(Optional<Long> value, SourcePosition position) implements SequenceOption {}

    record Start(long value, SourcePosition position) implements SequenceOption {}

    /** @param value empty for the start value */
    record Restart(Optional<Long> value, SourcePosition position) implements SequenceOption {}

    record Cache(long size, SourcePosition position) implements SequenceOption {}

    record Cycle(boolean on, SourcePosition position) implements SequenceOption {}

    /** SEQUENCE NAME, of an identity column. */
    record Named(QualifiedName name, SourcePosition position) implements SequenceOption {}

    /** @param column with its table, or NONE */
    record OwnedBy(QualifiedName column, SourcePosition position) implements SequenceOption {}
}
