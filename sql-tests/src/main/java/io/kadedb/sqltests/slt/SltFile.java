package io.kadedb.sqltests.slt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All records of a logic file, kept so that it can be written anew. */
public record SltFile(String name, Dialect dialect, List<SltRecord> records) {
    private static final String JUDGE = "# judge: ";

    public SltFile {
        records = List.copyOf(records);
    }

    /** Reads a whole file. */
    public static SltFile read(Script script) throws IOException, ScriptException {
        try (SltReader reader = script.open()) {
            List<SltRecord> records = new ArrayList<>();
            SltRecord record = reader.next();
            while (record != null) {
                records.add(record);
                record = reader.next();
            }
            return new SltFile(script.name(), reader.dialect(), records);
        }
    }

    /** Which database its results come from: the {@code # judge:} line, else {@code postgresql}. */
    String judge() {
        return records.stream()
                .flatMap(record -> record.head().stream())
                .filter(line -> line.startsWith(JUDGE))
                .map(line -> line.substring(JUDGE.length()).strip())
                .findFirst()
                .orElse("postgresql");
    }

    /** Its records in order, to be run. */
    public RecordSource source() {
        return new RecordSource() {
            private int at;

            @Override
            public String name() {
                return name;
            }

            @Override
            public Dialect dialect() {
                return dialect;
            }

            @Override
            public @Nullable SltRecord next() {
                return at < records.size() ? records.get(at++) : null;
            }

            @Override
            public void close() {}
        };
    }
}
