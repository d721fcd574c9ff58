package io.kadedb.sqltests.slt;

import io.kadedb.sqltests.database.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Rewrites files with what a database answers. */
public final class Completions {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Target target;
    private final Duration limit;

    public Completions(Target target, Duration limit) {
        this.target = target;
        this.limit = limit;
    }

    /**
     * What became of a file.
     *
     * @param changed whether it was written anew
     * @param problems what could not be completed
     */
    public record Result(boolean changed, List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /** Completes a script in its file; one that is no file of its own, or cannot be read, is a problem. */
    public Result complete(Script script) throws IOException {
        if (script.file().isEmpty()) {
            return new Result(false, List.of(script.name() + ": is no file that can be rewritten"));
        }
        Path file = script.file().get();
        try (OwnFolder folder = OwnFolder.create();
                Deadlines deadlines = new Deadlines(limit, GRACE)) {
            Deadlines.Watch watch = deadlines.watch(() -> {});
            String before = Files.readString(file);
            List<String> problems = List.of();
            String after;
            if (file.toString().toLowerCase(Locale.ROOT).endsWith(".iq")) {
                after = QuidemScript.output(before, target, folder.path(), watch);
            } else {
                SltFile records = SltFile.read(script);
                Completion completion = new Completion(records);
                SltRunner.run(records.source(), target, folder.path(), script.file(), watch, completion);
                after = completion.text();
                problems = completion.problems();
            }
            if (!after.equals(before)) {
                replace(file, after);
            }
            return new Result(!after.equals(before), problems);
        } catch (ScriptException e) {
            return new Result(false, List.of(String.valueOf(e.getMessage())));
        } catch (SQLException e) {
            return new Result(false, List.of(script.name() + ": there is no database to run it on: " + e.getMessage()));
        }
    }

    /** All of it or nothing, whatever happens meanwhile. */
    private static void replace(Path file, String text) throws IOException {
        Path beside = Files.createTempFile(file.toAbsolutePath().getParent(), "slt-", ".new");
        try {
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
