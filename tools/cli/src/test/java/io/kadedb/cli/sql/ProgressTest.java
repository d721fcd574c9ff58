package io.kadedb.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void isShownAndTakenAway() throws InterruptedException {
        CountDownLatch shown = new CountDownLatch(2);
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text) {
            @Override
            public void flush() {
                shown.countDown();
            }
        };
        try (Progress progress = Progress.start(out, Duration.ZERO, Duration.ofMillis(1))) {
            assertThat(progress).isNotNull();
            assertThat(shown.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(text.toString()).contains("0 s, Ctrl-C cancels").endsWith("\r\u001B[2K");
    }

    @Test
    void isNotShownForShortStatements() {
        StringWriter text = new StringWriter();
        Progress.start(new PrintWriter(text), Duration.ofDays(1), Duration.ofDays(1))
                .close();
        assertThat(text.toString()).isEmpty();
    }
}
