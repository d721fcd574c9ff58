package io.kadedb.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Characters that mean different things in different places, each with the reading we chose. */
class CollisionTest {
    static Stream<List<String>> collisions() throws IOException {
        try (InputStream file = CollisionTest.class.getResourceAsStream("collisions.txt")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> List.of(line.split("  =>  ")))
                    .map(parts -> List.of(parts.get(0).strip(), parts.get(1).strip()));
        }
    }

    @ParameterizedTest
    @MethodSource("collisions")
    void reads(List<String> collision) {
        assertThat(reading(collision.get(0))).isEqualTo(collision.get(1));
    }

    private static String reading(String text) {
        try {
            if (text.startsWith("MATCH ")) {
                String table = "select * from graph_table(g " + text + " columns (1 as x))";
                return Sql.printed(table).replaceAll(".*? (MATCH .*) COLUMNS.*", "$1");
            }
            return text.startsWith("select ") ? Sql.printed(text) : Sql.shape(text);
        } catch (KadeException e) {
            return e.code() + ": " + e.messageText();
        }
    }
}
