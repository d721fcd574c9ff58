package io.kadedb.executor.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.JsonReader;
import io.kadedb.common.json.Jsonb;
import io.kadedb.executor.path.PathEvaluator.PathSettings;
import io.kadedb.parser.path.JsonPath;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a path may cost; what it gives is judged by PostgreSQL in the logic files. */
class PathEvaluatorTest {
    private static PathEvaluator evaluator(String path, String document, CancelToken cancel) {
        return new PathEvaluator(
                JsonPath.parse(path),
                Jsonb.of(JsonReader.toJsonb(document)),
                PathVariables.NONE,
                false,
                new PathSettings(false, ZoneOffset.UTC, cancel));
    }

    /** Each level is gone through once for each above it, five times over. */
    @Test
    @Timeout(20)
    void endlessWorkIsCancelled() {
        String deep = "[".repeat(900) + "]".repeat(900);
        CancelToken cancel = CancelToken.unbounded();
        cancel.cancel();
        assertThatThrownBy(() ->
                        evaluator("$.**.**.**.**.** ? (@ == 1)", deep, cancel).items())
                .isInstanceOf(KadeException.class)
                .hasMessageContaining("cancelled");
    }

    @Test
    void deepDocumentsAndPathsFitTheStack() {
        String deep = "[".repeat(990) + "1" + "]".repeat(990);
        assertThat(evaluator("$.**{last}", deep, CancelToken.unbounded()).items())
                .singleElement()
                .satisfies(item -> assertThat(item.json()).hasToString("1"));
        String path = "$" + "[*]".repeat(900);
        assertThat(evaluator(path, deep, CancelToken.unbounded()).exists()).contains(true);
    }

    @Test
    void oneItemIsEnoughToExist() {
        String many = "[" + "1,".repeat(100_000) + "1]";
        CancelToken cancel = CancelToken.unbounded();
        cancel.cancel();
        assertThat(evaluator("$[*] ? (@ > 0)", many, cancel).exists()).contains(true);
    }
}
