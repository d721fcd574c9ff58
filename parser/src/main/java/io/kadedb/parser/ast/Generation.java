package io.kadedb.parser.ast;

import io.kadedb.common.error.SourcePosition;
import java.util.List;

/** How the values of a column come about, if not from statements. */
public sealed interface Generation {
    SourcePosition position();

    /** A serial column: the type says that its default is the next value of a sequence. */
    record Serial(SourcePosition position) implements Generation {}

    /**
     * GENERATED .. AS IDENTITY.
     *
     * @param always whether statements give no values for it unless they override that
     */
    record Identity(boolean always, List<SequenceOption> options, SourcePosition position) implements Generation {
        public Identity {
            options = List.copyOf(options);
        }
    }

    /**
     * GENERATED ALWAYS AS (..).
     *
     * @param stored whether STORED was written, rather than VIRTUAL or nothing
     */
    record Computed(Expression expression, boolean stored, SourcePosition position) implements Generation {}
}
