package io.kadedb.storage.backup;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a backup begins.
 *
 * @param encrypted whether keys and values are ciphertext
 * @param version of the database that it is a copy of
 * @param micros since 1970 when it was begun
 * @param program that wrote it
 */
public record BackupHeader(boolean encrypted, long version, long micros, String program) {
    private static final byte[] MARK = "KADEBAK\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT = 1;
    private static final int ENCRYPTED = 1;

    void write(DataOutputStream out) throws IOException {
        byte[] name = program.getBytes(StandardCharsets.UTF_8);
        out.write(MARK);
        out.writeInt(FORMAT);
        out.writeInt(encrypted ? ENCRYPTED : 0);
        out.writeLong(version);
        out.writeLong(micros);
        out.writeShort(name.length);
        out.write(name);
    }

    /** @throws KadeException XX003 for what is no backup, or one of a later format */
    static BackupHeader read(DataInputStream in, String file) throws IOException {
        if (!Arrays.equals(in.readNBytes(MARK.length), MARK)) {
            throw KadeException.of(ErrorCode.INCOMPATIBLE_FORMAT, "\"" + file + "\" is no backup of KadeDB");
        }
        int format = in.readInt();
        if (format != FORMAT) {
            throw KadeException.of(
                            ErrorCode.INCOMPATIBLE_FORMAT,
                            "the backup \"" + file + "\" has format " + format + "; this version reads format "
                                    + FORMAT)
                    .hint("restore it with the version of KadeDB that wrote it, or a later one");
        }
        int flags = in.readInt();
        if ((flags & ~ENCRYPTED) != 0) {
            throw KadeException.of(
                    ErrorCode.INCOMPATIBLE_FORMAT,
                    "the backup \"" + file + "\" has flags " + flags + ", which this version does not know");
        }
        long version = in.readLong();
        long micros = in.readLong();
        byte[] name = in.readNBytes(in.readUnsignedShort());
        return new BackupHeader((flags & ENCRYPTED) != 0, version, micros, new String(name, StandardCharsets.UTF_8));
    }
}
