package io.kadedb.storage.backup;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Disk;
import io.kadedb.storage.api.BackupSummary;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a backup from its beginning to its end and verifies all of it on the way: nothing is known to be right before the end
 * was reached.
 */
public final class BackupReader {
    /** Of a block, unpacked: what a writer fills before it ends one, and a pair of any size. */
    private static final int MOST_UNPACKED = 4 << 20;

    private final Disk disk;
    private final Path file;

    public BackupReader(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
    }

    /** Takes the pairs of a backup in the order of their keys. */
    public interface Pairs {
        /** Told before the first pair. */
        void begin(BackupHeader header);

        void add(byte[] key, byte[] value);
    }

    /**
     * Reads the file.
     *
     * @throws KadeException XX001 where it is cut off or changed, XX003 for what is no backup or one of a later format, 58P01,
     *     58030
     */
    public BackupSummary read(Pairs pairs) {
        try (FileChannel channel = disk.open(file, StandardOpenOption.READ);
                Checked in = new Checked(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16))) {
            return new Reading(in, pairs).run();
        } catch (EOFException e) {
            throw BackupErrors.damaged(file, "it ends before its end");
        } catch (NoSuchFileException e) {
            throw KadeException.of(ErrorCode.UNDEFINED_FILE, "there is no file \"" + file + "\"", e);
        } catch (IOException e) {
            throw BackupErrors.failed("reading the backup", file, e);
        }
    }

    /** Counts and sums up what is read. */
    private static final class Checked extends FilterInputStream {
        private final CRC32C checksum = new CRC32C();
        private final MessageDigest digest = BackupWriter.sha256();
        private long bytes;

        Checked(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                took(new byte[] {(byte) value}, 0, 1);
            }
            return value;
        }

        @Override
        public int read(byte[] target, int from, int count) throws IOException {
            int read = super.read(target, from, count);
            if (read > 0) {
                took(target, from, read);
            }
            return read;
        }

        private void took(byte[] source, int from, int count) {
            checksum.update(source, from, count);
            digest.update(source, from, count);
            bytes += count;
        }
    }

    /** One time through the file. */
    private final class Reading {
        private final Checked source;
        private final DataInputStream in;
        private final Pairs target;
        private byte @Nullable [] last;
        private long blocks;
        private long pairs;
        private long bytes;

        Reading(Checked source, Pairs target) {
            this.source = source;
            this.in = new DataInputStream(source);
            this.target = target;
        }

        BackupSummary run() throws IOException {
            BackupHeader header = BackupHeader.read(in, file.toString());
            endPart("its header");
            target.begin(header);
            while (true) {
                byte[] before = digestSoFar();
                switch (in.readByte()) {
                    case 'B' -> block();
                    case 'E' -> {
                        footer(before);
                        return new BackupSummary(header.version(), pairs, bytes, source.bytes);
                    }
                    default -> throw BackupErrors.damaged(file, "what follows block " + blocks + " is no block");
                }
            }
        }

        private byte[] digestSoFar() {
            try {
                return ((MessageDigest) source.digest.clone()).digest();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("SHA-256 can be cloned", e);
            }
        }

        private void endPart(String name) throws IOException {
            int wanted = (int) source.checksum.getValue();
            if (in.readInt() != wanted) {
                throw BackupErrors.damaged(file, name + " fails its checksum");
            }
            source.checksum.reset();
        }

        private void block() throws IOException {
            String name = "block " + (blocks + 1);
            int unpackedBytes = in.readInt();
            int packedBytes = in.readInt();
            if (unpackedBytes < 1
                    || unpackedBytes > MOST_UNPACKED
                    || packedBytes < 1
                    || packedBytes > Zstd.compressBound(MOST_UNPACKED)) {
                throw BackupErrors.damaged(file, name + " has an impossible size");
            }
            byte[] packed = in.readNBytes(packedBytes);
            if (packed.length < packedBytes) {
                throw new EOFException();
            }
            endPart(name);
            blocks++;
            try {
                byte[] unpacked = Zstd.decompress(packed, unpackedBytes);
                if (unpacked.length != unpackedBytes) {
                    throw BackupErrors.damaged(file, name + " has another size unpacked");
                }
                pairs(ByteBuffer.wrap(unpacked));
            } catch (ZstdException | BufferUnderflowException | NegativeArraySizeException e) {
                throw BackupErrors.damaged(file, name + " cannot be unpacked");
            }
        }

        private void pairs(ByteBuffer block) {
            while (block.hasRemaining()) {
                int keyBytes = block.getInt();
                int valueBytes = block.getInt();
                if (keyBytes > block.remaining() || valueBytes > block.remaining() - keyBytes) {
                    throw new BufferUnderflowException();
                }
                byte[] key = new byte[keyBytes];
                byte[] value = new byte[valueBytes];
                block.get(key).get(value);
                if (last != null && Arrays.compareUnsigned(last, key) >= 0) {
                    throw BackupErrors.damaged(file, "its keys are out of order");
                }
                last = key;
                pairs++;
                bytes += key.length + value.length;
                target.add(key, value);
            }
        }

        private void footer(byte[] digest) throws IOException {
            boolean same = in.readLong() == blocks;
            same &= in.readLong() == pairs;
            same &= in.readLong() == bytes;
            same &= Arrays.equals(in.readNBytes(digest.length), digest);
            endPart("its end");
            if (!same) {
                throw BackupErrors.damaged(file, "it does not hold what its end says");
            }
            if (in.read() >= 0) {
                throw BackupErrors.damaged(file, "it goes on behind its end");
            }
        }
    }
}
