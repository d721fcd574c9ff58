package io.kadedb.cli.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;

/** Rows for COPY .. FROM STDIN that are typed line by line, to a line {@code \.} or the end of the input. */
final class TypedRows extends InputStream {
    private static final String PROMPT = ">> ";

    private final LineReader reader;
    private final StatementLines lines;
    private final Consumer<String> tell;
    private byte[] line = new byte[0];
    private int at;
    private boolean asked;
    private boolean ended;

    TypedRows(LineReader reader, StatementLines lines, Consumer<String> tell) {
        this.reader = reader;
        this.lines = lines;
        this.tell = tell;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (at == line.length && !ended) {
            readLine();
        }
        if (ended) {
            return -1;
        }
        int count = Math.min(length, line.length - at);
        System.arraycopy(line, at, bytes, offset, count);
        at += count;
        return count;
    }

    private void readLine() throws IOException {
        if (!asked) {
            tell.accept("one row a line; \\. ends them");
            asked = true;
        }
        lines.rows(true);
        try {
            String text = reader.readLine(PROMPT);
            ended = text.equals("\\.");
            line = (text + '\n').getBytes(StandardCharsets.UTF_8);
            at = 0;
        } catch (EndOfFileException e) {
            // Ctrl-D says that there is no more.
            ended = true;
        } catch (UserInterruptException e) {
            throw new IOException("Ctrl-C, so that nothing is stored", e);
        } finally {
            lines.rows(false);
        }
    }
}
