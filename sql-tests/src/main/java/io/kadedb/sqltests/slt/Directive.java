package io.kadedb.sqltests.slt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The line that begins a record, cut into words, and what it asks for. */
record Directive(String script, int line, Dialect dialect, String word, List<String> arguments) {
    private static final Pattern SQL_STATE = Pattern.compile("[0-9A-Z]{5}");
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(60);
    private static final int MOST_ROUNDS = 10_000_000;

    static Directive of(String script, int line, Dialect dialect, String text) {
        List<String> words = Arrays.asList(text.strip().split("\\s+"));
        String word = words.getFirst();
        int remark = word.endsWith("foreach") ? -1 : firstRemark(words);
        List<String> arguments = List.copyOf(words.subList(1, remark < 0 ? words.size() : remark));
        return new Directive(script, line, dialect, word, arguments);
    }

    private static int firstRemark(List<String> words) {
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).startsWith("#")) {
                return i;
            }
        }
        return -1;
    }

    boolean isLoop() {
        return word.equals("loop") || word.equals("foreach") || isConcurrent();
    }

    boolean isConcurrent() {
        return word.equals("concurrentloop") || word.equals("concurrentforeach");
    }

    /** What a directive without text below it asks for. */
    SltRecord.Action control() throws ScriptException {
        return switch (word) {
            case "connection" -> new SltRecord.Connection(only("the name of a connection"));
            case "hash-threshold" -> new SltRecord.HashThreshold(number(only("a number of values")));
            case "halt" -> new SltRecord.Halt();
            case "require" ->
                new SltRecord.Require(first("what the file needs"), arguments.subList(1, arguments.size()));
            case "require-env" -> new SltRecord.RequireEnv(first("a variable"), second());
            case "test-env" -> new SltRecord.TestEnv(first("a variable"), second().orElse(""));
            case "load" -> load();
            case "restart" -> new SltRecord.Restart();
            case "reconnect" -> new SltRecord.Reconnect();
            case "sleep" -> sleep();
            case "mode" -> mode();
            case "set" -> set();
            case "reset" -> reset();
            case "tags" -> new SltRecord.Comment();
            case "endloop" -> new SltRecord.EndLoop();
            default -> throw wrong("there is no directive " + word);
        };
    }

    /** What a directive with text below it asks for. */
    SltRecord.Action withText(String text, Optional<List<String>> below) throws ScriptException {
        if (word.equals("file")) {
            return new SltRecord.CreateFile(only("the name of a file"), text + "\n");
        }
        if (text.isBlank()) {
            throw wrong("there is no SQL below " + word);
        }
        return word.equals("query") ? query(text, below.orElse(List.of())) : statement(text, below);
    }

    private SltRecord.Action query(String sql, List<String> expected) throws ScriptException {
        String types = first("a letter for each column");
        String known = dialect == Dialect.KADEDB ? "IDRBT" : "IRT";
        for (int i = 0; i < types.length(); i++) {
            if (known.indexOf(types.charAt(i)) < 0) {
                throw wrong(
                        "the types of columns are " + String.join(", ", known.split("")) + ", not " + types.charAt(i));
            }
        }
        SltRecord.Sort sort = SltRecord.Sort.NOSORT;
        String connection = "";
        if (arguments.size() > 1) {
            String mode = arguments.get(1);
            switch (mode) {
                case "nosort" -> sort = SltRecord.Sort.NOSORT;
                case "rowsort", "sort" -> sort = SltRecord.Sort.ROWSORT;
                case "valuesort" -> sort = SltRecord.Sort.VALUESORT;
                default -> {
                    if (dialect != Dialect.DUCKDB) {
                        throw wrong("a query is sorted by nosort, rowsort or valuesort, not " + mode);
                    }
                    connection = mode;
                }
            }
        }
        atMost(3);
        String label = arguments.size() > 2 ? arguments.get(2) : "";
        return new SltRecord.Query(sql, types, sort, label, connection, expected);
    }

    private SltRecord.Action statement(String sql, Optional<List<String>> below) throws ScriptException {
        String kind = first("ok, error or count");
        List<String> rest = arguments.subList(1, arguments.size());
        SltRecord.StatementExpectation expectation;
        switch (kind) {
            case "ok" -> {
                if (below.isPresent()) {
                    throw wrong("a statement that is ok has nothing below ----");
                }
                expectation = new SltRecord.StatementExpectation.Success();
            }
            case "error" -> {
                boolean hasState = dialect == Dialect.KADEDB
                        && !rest.isEmpty()
                        && SQL_STATE.matcher(rest.getFirst()).matches();
                expectation = new SltRecord.StatementExpectation.Failure(hasState ? rest.getFirst() : "", below);
                rest = hasState ? rest.subList(1, rest.size()) : rest;
            }
            case "maybe" -> expectation = new SltRecord.StatementExpectation.Either(below);
            case "count" -> {
                long rows = rest.isEmpty() ? -1 : number(rest.getFirst());
                expectation = new SltRecord.StatementExpectation.Changes(rows);
                rest = rest.isEmpty() ? rest : rest.subList(1, rest.size());
            }
            default -> throw wrong("a statement is ok, error, maybe or count, not " + kind);
        }
        if (rest.size() > 1 || (!rest.isEmpty() && dialect == Dialect.SQLITE)) {
            throw wrong("\"" + rest.getLast() + "\" is too much");
        }
        return new SltRecord.Statement(sql, expectation, rest.isEmpty() ? "" : rest.getFirst());
    }

    /** The values of a loop's variables. */
    Rounds rounds() throws ScriptException {
        if (word.endsWith("foreach")) {
            return each();
        }
        if (arguments.size() != 3) {
            throw wrong(word + " wants a variable, its first value and the one behind its last");
        }
        Rounds.Range range = new Rounds.Range(arguments.get(0), number(arguments.get(1)), number(arguments.get(2)));
        if ((long) range.to() - range.from() > MOST_ROUNDS) {
            throw wrong("a loop has at most " + MOST_ROUNDS + " rounds");
        }
        return range;
    }

    private Rounds each() throws ScriptException {
        if (arguments.size() < 2) {
            throw wrong(word + " wants a variable and its values");
        }
        List<String> variables = List.of(arguments.getFirst().split(","));
        List<List<String>> values = new ArrayList<>();
        for (String argument : arguments.subList(1, arguments.size())) {
            List<String> words =
                    ForeachValues.of(argument).orElseThrow(() -> wrong("there is no list of values " + argument));
            for (String value : words) {
                List<String> parts = variables.size() == 1 ? List.of(value) : List.of(value.split(",", -1));
                if (parts.size() != variables.size()) {
                    throw wrong(value + " is not " + variables.size() + " values");
                }
                values.add(parts);
            }
        }
        return new Rounds.Each(variables, values);
    }

    private SltRecord.Action load() throws ScriptException {
        atMost(2);
        boolean readOnly = arguments.size() == 2 && arguments.get(1).equals("readonly");
        if (arguments.size() == 2 && !readOnly) {
            throw wrong("a database is loaded readonly, not " + arguments.get(1));
        }
        return new SltRecord.Load(arguments.isEmpty() ? "" : arguments.getFirst(), readOnly);
    }

    private SltRecord.Action sleep() throws ScriptException {
        if (arguments.size() != 2) {
            throw wrong("sleep wants a number and a unit");
        }
        int count = number(arguments.getFirst());
        Duration time = switch (arguments.get(1)) {
            case "second", "seconds" -> Duration.ofSeconds(count);
            case "millisecond", "milliseconds" -> Duration.ofMillis(count);
            case "microsecond", "microseconds" -> Duration.ofNanos(1_000L * count);
            case "nanosecond", "nanoseconds" -> Duration.ofNanos(count);
            default -> throw wrong("there is no unit " + arguments.get(1));
        };
        if (time.isNegative() || time.compareTo(LONGEST_SLEEP) > 0) {
            throw wrong("sleep takes at most " + LONGEST_SLEEP.toSeconds() + " seconds");
        }
        return new SltRecord.Sleep(time);
    }

    private SltRecord.Action mode() throws ScriptException {
        return switch (only("skip or unskip")) {
            case "skip" -> new SltRecord.Skip(true);
            case "unskip" -> new SltRecord.Skip(false);
            default -> throw wrong("a mode is skip or unskip, not " + arguments.getFirst());
        };
    }

    private SltRecord.Action set() throws ScriptException {
        String what = first("seed, ignore_error_messages or always_fail_error_messages");
        String rest = String.join(" ", arguments.subList(1, arguments.size()));
        List<String> parts = Arrays.stream(rest.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        return switch (what) {
            case "seed" -> {
                if (!rest.matches("-?[0-9]*\\.?[0-9]+")) {
                    throw wrong("set seed wants a number");
                }
                yield new SltRecord.Seed(rest);
            }
            case "ignore_error_messages" -> new SltRecord.IgnoredErrors(parts);
            case "always_fail_error_messages" -> new SltRecord.FatalErrors(parts);
            default -> throw wrong("there is nothing to set that is called " + what);
        };
    }

    private SltRecord.Action reset() throws ScriptException {
        if (arguments.size() != 2 || !arguments.getFirst().equals("label")) {
            throw wrong("reset wants label and its name");
        }
        return new SltRecord.ResetLabel(arguments.get(1));
    }

    private String first(String what) throws ScriptException {
        if (arguments.isEmpty()) {
            throw wrong(word + " wants " + what);
        }
        return arguments.getFirst();
    }

    private String only(String what) throws ScriptException {
        if (arguments.size() != 1) {
            throw wrong(word + " wants " + what);
        }
        return arguments.getFirst();
    }

    private Optional<String> second() throws ScriptException {
        atMost(2);
        return arguments.size() == 2 ? Optional.of(arguments.get(1)) : Optional.empty();
    }

    private void atMost(int count) throws ScriptException {
        if (arguments.size() > count) {
            throw wrong("\"" + arguments.get(count) + "\" is too much");
        }
    }

    private int number(String text) throws ScriptException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ScriptException(script, line, "\"" + text + "\" is not a number", e);
        }
    }

    private ScriptException wrong(String what) {
        return new ScriptException(script, line, what);
    }
}
