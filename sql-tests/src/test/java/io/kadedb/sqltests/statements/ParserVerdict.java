package io.kadedb.sqltests.statements;

import com.sun.management.ThreadMXBean;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.parser.SqlParser;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Whether the parser did what it has to with a text: read it, or say in time and within memory what is wrong, and where. */
final class ParserVerdict {
    /** Of CPU time: a busy machine is not the parser's fault. */
    private static final long MAX_MILLIS = 2_000;

    private static final long MAX_BYTES = 64L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final SqlParser parser = new SqlParser();
    private long parsed;
    private long refused;

    /** What is wrong with the parser; empty for nothing. */
    Optional<String> of(String text) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long start = THREADS.getCurrentThreadCpuTime();
        Optional<String> wrong = parse(text);
        long millis = (THREADS.getCurrentThreadCpuTime() - start) / 1_000_000;
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        if (millis > MAX_MILLIS) {
            return Optional.of("took " + millis + " ms");
        }
        if (allocated > MAX_BYTES) {
            return Optional.of("allocated " + allocated + " bytes");
        }
        return wrong;
    }

    private Optional<String> parse(String text) {
        try {
            parser.parse(text);
            parsed++;
            return Optional.empty();
        } catch (KadeException e) {
            refused++;
            return refusal(text, e);
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            return Optional.of("failed with " + e + " at " + firstOf(e));
        }
    }

    private static Optional<String> refusal(String text, KadeException error) {
        String state = error.code().sqlState();
        // Class 22 is about the contents of literals.
        if (!state.startsWith("42") && !state.startsWith("0A") && !state.startsWith("54") && !state.startsWith("22")) {
            Throwable cause = error.getCause() == null ? error : error.getCause();
            return Optional.of("refused with " + state + ": " + error.getMessage() + " at " + firstOf(cause));
        }
        if (error.position().isEmpty()) {
            return state.startsWith("54") || state.equals("22021")
                    ? Optional.empty()
                    : Optional.of("no place: " + error.getMessage());
        }
        String report = error.report(text);
        if (!report.startsWith(error.messageText())) {
            return Optional.of("the report lacks the message");
        }
        return isInside(error.position().get(), text)
                ? Optional.empty()
                : Optional.of("the place " + error.position().get() + " is outside the text: " + error.getMessage());
    }

    private static boolean isInside(SourcePosition place, String text) {
        String[] lines = text.split("\n", -1);
        return place.line() <= lines.length && place.column() - 1 <= lines[place.line() - 1].length();
    }

    private static String firstOf(Throwable error) {
        return error.getStackTrace().length == 0 ? "?" : String.valueOf(error.getStackTrace()[0]);
    }

    long parsed() {
        return parsed;
    }

    long refused() {
        return refused;
    }
}
