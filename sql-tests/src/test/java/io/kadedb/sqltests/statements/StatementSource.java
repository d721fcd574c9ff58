package io.kadedb.sqltests.statements;

import io.kadedb.parser.grammar.KadeSqlParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** An endless series of statements from one seed: a third from the grammar, the rest written ones that were changed. */
final class StatementSource {
    private static final List<String> WRITTEN = read();

    private final Random random;
    private final GrammarWalk grammar;
    private final Mutations mutations;

    StatementSource(long seed) {
        random = new Random(seed);
        grammar = new GrammarWalk(random);
        mutations = new Mutations(random);
    }

    /** A statement or what is left of one. */
    String next() {
        if (random.nextInt(3) == 0) {
            String drawn = drawn();
            return random.nextInt(4) == 0 ? mutations.change(drawn, written()) : drawn;
        }
        return mutations.change(written(), random.nextInt(10) == 0 ? drawn() : written());
    }

    /** A statement that is more likely to be planned. */
    String nextGentle() {
        return random.nextInt(4) == 0 ? drawn() : mutations.changeGently(written(), written());
    }

    private String drawn() {
        int rule = random.nextInt(2) == 0 ? KadeSqlParser.RULE_statement : KadeSqlParser.RULE_query;
        // Most are short: long ones hardly ever mean anything, and take their time.
        return grammar.draw(rule, 1 << random.nextInt(7));
    }

    private String written() {
        return WRITTEN.get(random.nextInt(WRITTEN.size()));
    }

    private static List<String> read() {
        String root = System.getProperty("kadedb.root");
        Path project = root == null ? Path.of("") : Path.of(root, "sql-tests");
        try (Stream<Path> files = Files.list(project.resolve("src/test/resources/slt"))) {
            List<String> statements = new ArrayList<>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".slt")).sorted().toList()) {
                for (String block : Files.readString(file).split("\n\\s*\n")) {
                    statement(block, statements);
                }
            }
            return List.copyOf(statements);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void statement(String block, List<String> statements) {
        List<String> lines = block.lines().filter(line -> !line.startsWith("#")).toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("statement ") || lines.get(i).startsWith("query ")) {
                int end = lines.indexOf("----");
                String sql = String.join("\n", lines.subList(i + 1, end < 0 ? lines.size() : end));
                if (!sql.isBlank()) {
                    statements.add(sql);
                }
                return;
            }
        }
    }
}
