package io.kadedb.sqltests.slt;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a logic file record by record, keeping no more of it than one record, or one loop. */
public final class SltReader implements RecordSource {
    private static final String RULE = "----";
    private static final Set<String> WITH_TEXT = Set.of("statement", "query", "file");

    private final String name;
    private final BufferedReader lines;
    private final Dialect dialect;
    private int number;
    private @Nullable String pushedBack;

    SltReader(String name, BufferedReader lines, Dialect dialect) {
        this.name = name;
        this.lines = lines;
        this.dialect = dialect;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public @Nullable SltRecord next() throws IOException, ScriptException {
        SltRecord record = read();
        if (record != null && record.action() instanceof SltRecord.EndLoop) {
            throw new ScriptException(name, record.line(), "endloop without a loop");
        }
        return record;
    }

    private @Nullable SltRecord read() throws IOException, ScriptException {
        List<String> head = new ArrayList<>();
        List<Condition> conditions = new ArrayList<>();
        String line = line();
        while (line != null) {
            boolean condition = line.startsWith("onlyif ") || line.startsWith("skipif ");
            if (condition) {
                conditions.add(condition(line));
            } else if (line.isBlank() && !conditions.isEmpty()) {
                throw new ScriptException(name, number, "nothing follows " + conditions.getLast());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                return record(head, conditions, line);
            }
            head.add(line);
            line = line();
        }
        if (!conditions.isEmpty()) {
            throw new ScriptException(name, number, "nothing follows " + conditions.getLast());
        }
        return head.isEmpty()
                ? null
                : new SltRecord(number, head, head.size(), Optional.empty(), List.of(), new SltRecord.Comment());
    }

    private Condition condition(String line) throws ScriptException {
        String[] words = line.strip().split("\\s+");
        if (words.length < 2 || words[1].startsWith("#") || (words.length > 2 && !words[2].startsWith("#"))) {
            throw new ScriptException(name, number, words[0] + " wants the name of one engine");
        }
        return new Condition(words[0].equals("skipif"), words[1]);
    }

    private SltRecord record(List<String> head, List<Condition> conditions, String line)
            throws IOException, ScriptException {
        int start = number;
        int directive = head.size();
        head.add(line);
        Directive parsed = Directive.of(name, start, dialect, line);
        String word = parsed.word();
        if (!WITH_TEXT.contains(word)) {
            String after = line();
            pushedBack = after;
            if (after != null && !after.isBlank() && !after.startsWith("#")) {
                throw new ScriptException(name, number, "a blank line must follow " + word);
            }
            number -= after == null ? 0 : 1;
            SltRecord.Action action = parsed.isLoop() ? loop(parsed, start) : parsed.control();
            return new SltRecord(start, head, directive, Optional.empty(), conditions, action);
        }
        String sql = text(head);
        Optional<List<String>> below = lastWasRule ? Optional.of(below()) : Optional.empty();
        Optional<List<String>> expected = below.map(this::withoutRemarks);
        return new SltRecord(start, head, directive, below, conditions, parsed.withText(sql, expected));
    }

    private boolean lastWasRule;

    /** Reads what is below a directive, into the head too; gives it without the lines that are remarks. */
    private String text(List<String> head) throws IOException {
        StringBuilder sql = new StringBuilder();
        lastWasRule = false;
        String line = line();
        while (line != null && !line.isBlank()) {
            if (line.stripTrailing().equals(RULE)) {
                lastWasRule = true;
                break;
            }
            boolean remark = line.startsWith("#");
            if (remark && dialect == Dialect.DUCKDB) {
                break;
            }
            head.add(line);
            if (!remark || dialect == Dialect.KADEDB) {
                sql.append(sql.isEmpty() ? "" : "\n").append(line);
            }
            line = line();
        }
        if (line != null && !lastWasRule) {
            pushedBack = line;
            number--;
        }
        return sql.toString();
    }

    private List<String> below() throws IOException {
        List<String> below = new ArrayList<>();
        String line = line();
        while (line != null && !line.isBlank()) {
            below.add(line);
            line = line();
        }
        if (line != null) {
            pushedBack = line;
            number--;
        }
        return below;
    }

    private List<String> withoutRemarks(List<String> below) {
        return dialect == Dialect.SQLITE
                ? below.stream().filter(line -> !line.startsWith("#")).toList()
                : below;
    }

    private SltRecord.Loop loop(Directive directive, int start) throws IOException, ScriptException {
        Rounds rounds = directive.rounds();
        List<SltRecord> body = new ArrayList<>();
        while (true) {
            SltRecord record = read();
            if (record == null || record.action() instanceof SltRecord.Comment) {
                throw new ScriptException(name, start, directive.word() + " has no endloop");
            }
            if (record.action() instanceof SltRecord.EndLoop) {
                return new SltRecord.Loop(rounds, directive.isConcurrent(), body, record);
            }
            body.add(record);
        }
    }

    private @Nullable String line() throws IOException {
        String line = pushedBack;
        pushedBack = null;
        if (line == null) {
            line = lines.readLine();
        }
        if (line != null) {
            number++;
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
