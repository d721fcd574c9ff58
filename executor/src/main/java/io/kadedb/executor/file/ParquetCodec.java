package io.kadedb.executor.file;

import com.github.luben.zstd.Zstd;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.xerial.snappy.Snappy;

/** How pages of Parquet files are compressed. */
enum ParquetCodec {
    UNCOMPRESSED(0),
    SNAPPY(1),
    GZIP(2),
    ZSTD(6);

    private static final int ZSTD_LEVEL = 3;

    /** The number in parquet.thrift. */
    final int number;

    ParquetCodec(int number) {
        this.number = number;
    }

    static ParquetCodec of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "uncompressed", "none" -> UNCOMPRESSED;
            case "snappy" -> SNAPPY;
            case "gzip" -> GZIP;
            case "zstd" -> ZSTD;
            default ->
                throw KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, "there is no compression \"" + name + "\"")
                        .hint("the compressions of Parquet files are zstd, snappy, gzip and uncompressed");
        };
    }

    byte[] compress(byte[] bytes, int length) throws IOException {
        return switch (this) {
            case UNCOMPRESSED -> Arrays.copyOf(bytes, length);
            case SNAPPY -> {
                byte[] to = new byte[Snappy.maxCompressedLength(length)];
                yield Arrays.copyOf(to, Snappy.compress(bytes, 0, length, to, 0));
            }
            case GZIP -> {
                ByteArrayOutputStream to = new ByteArrayOutputStream(length / 2 + 64);
                try (GZIPOutputStream gzip = new GZIPOutputStream(to)) {
                    gzip.write(bytes, 0, length);
                }
                yield to.toByteArray();
            }
            case ZSTD -> {
                byte[] to = new byte[(int) Zstd.compressBound(length)];
                long size = Zstd.compressByteArray(to, 0, to.length, bytes, 0, length, ZSTD_LEVEL);
                if (Zstd.isError(size)) {
                    throw new IOException("zstd: " + Zstd.getErrorName(size));
                }
                yield Arrays.copyOf(to, (int) size);
            }
        };
    }
}
