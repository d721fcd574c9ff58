package io.kadedb.sqltests.slt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of one script, in order. */
public interface RecordSource extends AutoCloseable {
    /** The script's name. */
    String name();

    Dialect dialect();

    /** The next record, null at the end; what cannot be read is told with its line. */
    @Nullable
    SltRecord next() throws IOException, ScriptException;

    @Override
    void close() throws IOException;
}
