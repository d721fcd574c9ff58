package io.kadedb.sqltests.slt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A logic file: blocks of lines with blank lines between them.
 *
 * @param judge which database its results come from: the {@code # judge:} line, else {@code postgresql}
 */
record SltFile(String name, String judge, List<SltRecord> records) {
    static final String DEFAULT_CONNECTION = "default";
    private static final String JUDGE = "# judge: ";

    SltFile {
        records = List.copyOf(records);
    }

    /** Reads a file; an {@link IllegalArgumentException} names the line that cannot be read. */
    static SltFile parse(String name, String text) {
        List<SltRecord> records = new ArrayList<>();
        List<String> block = new ArrayList<>();
        int number = 0;
        for (String line : (text + "\n").split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                block.add(line);
            } else if (!block.isEmpty()) {
                records.add(record(name, number - block.size(), block));
                block = new ArrayList<>();
            }
        }
        String judge = text.lines()
                .filter(line -> line.startsWith(JUDGE))
                .map(line -> line.substring(JUDGE.length()).strip())
                .findFirst()
                .orElse("postgresql");
        return new SltFile(name, judge, records);
    }

    private static SltRecord record(String name, int start, List<String> block) {
        Set<String> onlyIf = new HashSet<>();
        Set<String> skipIf = new HashSet<>();
        int at = 0;
        while (at < block.size()) {
            String line = block.get(at);
            if (line.startsWith("onlyif ")) {
                onlyIf.add(line.substring(7).strip());
            } else if (line.startsWith("skipif ")) {
                skipIf.add(line.substring(7).strip());
            } else if (!line.startsWith("#")) {
                break;
            }
            at++;
        }
        int rule = block.indexOf("----");
        List<String> head = rule < 0 ? block : block.subList(0, rule);
        if (at == block.size()) {
            return new SltRecord(start, head, 0, new SltRecord.Comment(), onlyIf, skipIf);
        }
        String sql = String.join("\n", head.subList(at + 1, head.size()));
        List<String> expected = rule < 0 ? List.of() : block.subList(rule + 1, block.size());
        SltRecord.Action action =
                action(name + ":" + (start + at), block.get(at).strip(), sql, expected, rule >= 0);
        return new SltRecord(start, head, at, action, onlyIf, skipIf);
    }

    private static SltRecord.Action action(
            String place, String directive, String sql, List<String> expected, boolean compared) {
        Optional<List<String>> text = compared ? Optional.of(expected) : Optional.empty();
        String[] words = directive.split("\\s+");
        String second = words.length > 1 ? words[1] : "";
        String third = words.length > 2 ? words[2] : "";
        return switch (words[0]) {
            case "connection" -> new SltRecord.Connection(second);
            case "file" -> new SltRecord.CreateFile(second, sql + "\n");
            case "query" -> {
                boolean sorted = third.equals("rowsort");
                if (!sorted && !third.isEmpty() && !third.equals("nosort")) {
                    throw new IllegalArgumentException(place + ": no sort mode " + third);
                }
                yield new SltRecord.Query(sql, second, sorted, words.length > 3 ? words[3] : "", expected);
            }
            case "statement" ->
                switch (second) {
                    case "ok" -> new SltRecord.Succeeds(sql);
                    case "error" -> new SltRecord.Fails(sql, third, text);
                    case "count" -> new SltRecord.Changes(sql, third.isEmpty() ? -1 : Long.parseLong(third));
                    default -> throw new IllegalArgumentException(place + ": no statement " + second);
                };
            default -> throw new IllegalArgumentException(place + ": no directive " + words[0]);
        };
    }
}
