package io.kadedb.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What PostgreSQL's clients send: how much of it we read. */
class PgClientStatementsTest {
    @Test
    void everyStatementIsReadOrKnown() throws IOException {
        Path file = Path.of(System.getProperty("kadedb.test.data", ""), "pg-client-statements.json");
        assumeTrue(Files.exists(file), "no " + file + " (system property kadedb.test.data)");
        int read = 0;
        int notBuilt = 0;
        List<String> wrong = new ArrayList<>();
        for (JsonNode statement : new ObjectMapper().readTree(Files.readString(file))) {
            String sql = statement.get("sql").asText();
            try {
                Sql.PARSER.parse(sql);
                read++;
            } catch (KadeException e) {
                if (e.code() == ErrorCode.FEATURE_NOT_SUPPORTED) {
                    notBuilt++;
                } else {
                    wrong.add(e.report(sql));
                }
            }
        }
        System.out.println("PostgreSQL clients: " + read + " statements read, " + notBuilt + " known but not built, "
                + wrong.size() + " not understood");
        assertThat(wrong).isEmpty();
        assertThat(read).isGreaterThanOrEqualTo(195);
    }
}
