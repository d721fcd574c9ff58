package io.kadedb.sqltests.slt;

import io.kadedb.sqltests.database.Database;
import io.kadedb.sqltests.database.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.hydromatic.quidem.Quidem;

/**
 * A script of Quidem: it is run by Quidem itself, whose output is the script again if everything is as expected. Each
 * part that ends with a command ({@code !ok} and the like) is a record. Every name that {@code !use} gives means the
 * script's one database; {@code !if} knows the names of engines.
 */
public final class QuidemScript {
    private static final String USE = "!use default";

    private QuidemScript() {}

    /** Lines that end with a command, or the rest of the file, and where they begin. */
    private record Part(int line, List<String> lines) {
        boolean isChecked() {
            String last = lines.getLast();
            return last.startsWith("!ok")
                    || last.startsWith("!error")
                    || last.startsWith("!update")
                    || last.startsWith("!plan")
                    || last.startsWith("!type")
                    || last.startsWith("!verify");
        }
    }

    static void run(Script script, Target target, Path folder, Deadlines.Watch watch, OutcomeSink sink)
            throws IOException, SQLException {
        String text = text(script);
        String output = output(text, target, folder, watch);
        List<Part> expected = parts(text);
        List<Part> actual = parts(output);
        if (expected.size() != actual.size()) {
            List<String> before = text.lines().toList();
            List<String> after = output.lines().toList();
            List<String> difference =
                    LineDiff.of(before, after, (i, j) -> before.get(i).equals(after.get(j)));
            sink.accept(outcome(script, expected.getFirst(), new Verdict.Failed("the script differs", difference)));
            return;
        }
        for (int i = 0; i < expected.size(); i++) {
            List<String> before = expected.get(i).lines();
            List<String> after = actual.get(i).lines();
            if (!before.equals(after)) {
                List<String> difference =
                        LineDiff.of(before, after, (x, y) -> before.get(x).equals(after.get(y)));
                sink.accept(outcome(script, expected.get(i), new Verdict.Failed("the result differs", difference)));
            } else if (expected.get(i).isChecked()) {
                sink.accept(outcome(script, expected.get(i), new Verdict.Passed()));
            }
        }
    }

    private static String text(Script script) throws IOException {
        try (BufferedReader reader = new BufferedReader(script.text().open())) {
            StringBuilder text = new StringBuilder();
            reader.lines().forEach(line -> text.append(line).append('\n'));
            return text.toString();
        }
    }

    /** What Quidem writes when it runs a text: the text with the results as they are. */
    static String output(String text, Target target, Path folder, Deadlines.Watch watch) throws SQLException {
        StringWriter written = new StringWriter();
        try (Database database = target.open(folder)) {
            Quidem.Config config = Quidem.configBuilder()
                    .withReader(new StringReader(USE + "\n" + text))
                    .withWriter(written)
                    .withConnectionFactory(
                            (name, reference) -> reference ? null : GuardedConnection.of(database.connect(), watch))
                    .withEnv(name -> target.engines().contains(name) ? Boolean.TRUE : null)
                    .build();
            new Quidem(config).execute();
        }
        String output = written.toString();
        return output.startsWith(USE) ? output.substring(output.indexOf('\n') + 1) : output;
    }

    private static List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        int start = 1;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            lines.add(line);
            if (line.startsWith("!")) {
                parts.add(new Part(start, List.copyOf(lines)));
                lines.clear();
                start = number + 1;
            }
        }
        if (!lines.isEmpty() || parts.isEmpty()) {
            parts.add(new Part(start, lines.isEmpty() ? List.of("") : List.copyOf(lines)));
        }
        return parts;
    }

    private static Outcome outcome(Script script, Part part, Verdict verdict) {
        SltRecord record =
                new SltRecord(part.line(), part.lines(), 0, Optional.empty(), List.of(), new SltRecord.Comment());
        return new Outcome(script.name(), record, "", Optional.empty(), verdict);
    }
}
