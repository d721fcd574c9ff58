package io.kadedb.storage.backup;

import static java.util.Objects.requireNonNull;

import com.github.luben.zstd.Zstd;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Disk;
import io.kadedb.storage.api.BackupSummary;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;

/** Writes a backup beside its place and moves it there when it is whole and on disk. Used by one thread. */
final class BackupWriter implements AutoCloseable {
    /** Unpacked. */
    static final int BLOCK_BYTES = 1 << 20;

    private static final int LEVEL = 3;

    private final Disk disk;
    private final Path place;
    private final Path draft;
    private final FileChannel channel;
    private final MessageDigest digest = sha256();
    private final BackupHeader header;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream(BLOCK_BYTES + (1 << 17));
    private final DataOutputStream pairsOut = new DataOutputStream(block);
    private long blocks;
    private long pairs;
    private long bytes;
    private long fileBytes;
    private boolean finished;

    /**
     * Begins a file.
     *
     * @throws KadeException 58030, 53100
     */
    BackupWriter(Disk disk, Path place, BackupHeader header) {
        this.disk = disk;
        this.place = place.toAbsolutePath();
        this.header = header;
        this.draft = BackupDrafts.of(this.place);
        try {
            BackupDrafts.removeAbandoned(disk, this.place);
            channel = BackupDrafts.create(disk, draft);
        } catch (IOException e) {
            throw BackupErrors.failed("writing the backup", place, e);
        }
        boolean begun = false;
        try {
            write(header::write, true);
            begun = true;
        } catch (IOException e) {
            throw BackupErrors.failed("writing the backup", place, e);
        } finally {
            if (!begun) {
                close();
            }
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A part of the file without its checksum. */
    @FunctionalInterface
    private interface Part {
        void write(DataOutputStream out) throws IOException;
    }

    private void write(Part part, boolean digested) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(buffer);
        part.write(out);
        CRC32C checksum = new CRC32C();
        checksum.update(buffer.toByteArray());
        out.writeInt((int) checksum.getValue());
        byte[] whole = buffer.toByteArray();
        if (digested) {
            digest.update(whole);
        }
        ByteBuffer rest = ByteBuffer.wrap(whole);
        while (rest.hasRemaining()) {
            fileBytes += channel.write(rest);
        }
    }

    /** Adds a pair, whose key is greater than all before. */
    void add(byte[] key, byte[] value) {
        try {
            pairsOut.writeInt(key.length);
            pairsOut.writeInt(value.length);
            pairsOut.write(key);
            pairsOut.write(value);
            pairs++;
            bytes += key.length + value.length;
            if (block.size() >= BLOCK_BYTES) {
                endBlock();
            }
        } catch (IOException e) {
            throw BackupErrors.failed("writing the backup", place, e);
        }
    }

    private void endBlock() throws IOException {
        byte[] unpacked = block.toByteArray();
        byte[] packed = Zstd.compress(unpacked, LEVEL);
        write(
                out -> {
                    out.writeByte('B');
                    out.writeInt(unpacked.length);
                    out.writeInt(packed.length);
                    out.write(packed);
                },
                true);
        blocks++;
        block.reset();
    }

    /** Ends the file and puts it in its place, in the stead of one of its name. */
    BackupSummary finish() {
        try {
            if (block.size() > 0) {
                endBlock();
            }
            byte[] whole = digest.digest();
            write(
                    out -> {
                        out.writeByte('E');
                        out.writeLong(blocks);
                        out.writeLong(pairs);
                        out.writeLong(bytes);
                        out.write(whole);
                    },
                    false);
            channel.force(true);
            channel.close();
            disk.replace(draft, place);
            finished = true;
            BackupDrafts.ended(draft);
            disk.syncNames(requireNonNull(place.getParent()));
            return new BackupSummary(header.version(), pairs, bytes, fileBytes);
        } catch (IOException e) {
            throw BackupErrors.failed("writing the backup", place, e);
        }
    }

    /** Removes what was written of a file that was not finished. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        BackupDrafts.ended(draft);
        try {
            channel.close();
            if (disk.exists(draft)) {
                disk.delete(draft);
            }
        } catch (IOException e) {
            throw BackupErrors.failed("removing what was written of the backup", place, e);
        }
    }
}
