package io.kadedb.cli.sql;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Bytes of UTF-8 as the text that they are; fails for others. Used by one thread. */
final class TextStream extends OutputStream {
    private final Writer out;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer chars = CharBuffer.allocate(1 << 13);
    private ByteBuffer rest = ByteBuffer.allocate(0);

    TextStream(Writer out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        // A character may have begun with the bytes before.
        ByteBuffer in = ByteBuffer.allocate(rest.remaining() + length)
                .put(rest)
                .put(bytes, offset, length)
                .flip();
        CoderResult result;
        do {
            result = decoder.decode(in, chars, false);
            if (result.isError()) {
                throw new IOException("these are no characters of UTF-8; copy them to a file");
            }
            out.write(chars.array(), 0, chars.position());
            chars.clear();
        } while (result.isOverflow());
        rest = in;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
