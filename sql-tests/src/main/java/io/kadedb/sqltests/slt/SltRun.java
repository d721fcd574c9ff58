package io.kadedb.sqltests.slt;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Runs files one after another, each in a database of its own in memory, and collects what differs. */
public final class SltRun {
    private final List<String> found = new ArrayList<>();
    private int checked;

    /** Runs one file. */
    public void file(String name, String text) throws IOException, SQLException {
        SltFile file = SltFile.parse(name, text);
        Mismatches mismatches = new Mismatches(name);
        try (SltRunner runner = new SltRunner(Target.kadedb(""), Files.createTempDirectory("kadedb-slt"))) {
            runner.run(file, mismatches);
        }
        checked += mismatches.checked();
        found.addAll(mismatches.found());
    }

    /** One text per record that differs. */
    public List<String> found() {
        return List.copyOf(found);
    }

    /** How many records were compared. */
    public int checked() {
        return checked;
    }
}
