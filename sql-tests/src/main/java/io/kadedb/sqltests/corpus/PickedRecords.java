package io.kadedb.sqltests.corpus;

import io.kadedb.sqltests.slt.Dialect;
import io.kadedb.sqltests.slt.RecordSource;
import io.kadedb.sqltests.slt.ScriptException;
import io.kadedb.sqltests.slt.SltRecord;
import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The records of a source that a condition picks. */
record PickedRecords(RecordSource source, Predicate<SltRecord> picked) implements RecordSource {
    @Override
    public String name() {
        return source.name();
    }

    @Override
    public Dialect dialect() {
        return source.dialect();
    }

    @Override
    public @Nullable SltRecord next() throws IOException, ScriptException {
        SltRecord record = source.next();
        while (record != null && !picked.test(record)) {
            record = source.next();
        }
        return record;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
