package io.kadedb.sqltests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.sqltests.fuzz.generate.Choices;
import io.kadedb.sqltests.fuzz.generate.Queries;
import io.kadedb.sqltests.fuzz.generate.Schema;
import io.kadedb.sqltests.fuzz.generate.Schemas;
import io.kadedb.sqltests.fuzz.generate.Wanted;
import io.kadedb.sqltests.fuzz.minimise.Minimiser;
import io.kadedb.sqltests.fuzz.peer.Dialect;
import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Constructs;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinimiserTest {
    @Test
    void keepsWhatFailsAndLittleElse() {
        Choices choices = new Choices(1, 1);
        Schema schema = new Schemas(choices, Wanted.everything()).next();
        Queries queries = new Queries(choices, Wanted.everything(), schema.relations());
        Statement query = queries.next();
        while (!Constructs.of(query.sql()).contains(Construct.LEFT_JOIN)) {
            query = queries.next();
        }
        List<Statement> script = new ArrayList<>(schema.setup());
        script.add(query);

        List<Statement> least = new Minimiser(
                        candidate -> Constructs.of(candidate.getLast().sql()).contains(Construct.LEFT_JOIN),
                        5_000,
                        Duration.ofMinutes(5))
                .minimise(script);

        assertThat(least).hasSize(1);
        assertThat(Constructs.of(least.getFirst().sql())).contains(Construct.LEFT_JOIN);
        assertThat(Dialect.POSTGRESQL.write(least.getFirst().sql()))
                .hasSizeLessThan(Dialect.POSTGRESQL.write(query.sql()).length());
    }

    @Test
    void aSeedAndACaseAlwaysMakeTheSame() {
        assertThat(text(7, 3)).isEqualTo(text(7, 3)).isNotEqualTo(text(7, 4));
    }

    private static String text(long seed, long number) {
        Choices choices = new Choices(seed, number);
        Schema schema = new Schemas(choices, Wanted.everything()).next();
        StringBuilder text = new StringBuilder();
        schema.setup().forEach(statement -> text.append(Dialect.POSTGRESQL.write(statement.sql())));
        Queries queries = new Queries(choices, Wanted.everything(), schema.relations());
        for (int i = 0; i < 20; i++) {
            text.append(Dialect.POSTGRESQL.write(queries.next().sql()));
        }
        return text.toString();
    }
}
