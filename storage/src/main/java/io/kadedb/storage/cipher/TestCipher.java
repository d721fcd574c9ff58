package io.kadedb.storage.cipher;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Random;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A cipher for tests: it keeps no secret from anybody who knows this class, but changes every byte, differs each time,
 * and notices a wrong key, a wrong context and a changed byte. So whatever runs over it runs over real encryption too.
 */
public final class TestCipher implements ValueCipher {
    private static final int NONCE_BYTES = Long.BYTES;
    private static final int CHECK_BYTES = Long.BYTES;
    private static final int HASH_BYTES = 16;

    private final long key;
    private final Random random;

    public TestCipher(long key, Random random) {
        this.key = key;
        this.random = random;
    }

    @Override
    public int overheadBytes() {
        return NONCE_BYTES + CHECK_BYTES;
    }

    @Override
    public int hashBytes() {
        return HASH_BYTES;
    }

    @Override
    public byte[] encrypt(byte[] context, byte[] plaintext) {
        long nonce = random.generator().nextLong();
        byte[] mixed = plaintext.clone();
        mix(mixed, nonce, context);
        return ByteBuffer.allocate(overheadBytes() + mixed.length)
                .putLong(nonce)
                .putLong(check(nonce, context, plaintext))
                .put(mixed)
                .array();
    }

    @Override
    public byte[] decrypt(byte[] context, byte[] ciphertext) {
        if (ciphertext.length < overheadBytes()) {
            throw damaged();
        }
        ByteBuffer buffer = ByteBuffer.wrap(ciphertext);
        long nonce = buffer.getLong();
        long check = buffer.getLong();
        byte[] plaintext = Arrays.copyOfRange(ciphertext, overheadBytes(), ciphertext.length);
        mix(plaintext, nonce, context);
        if (check != check(nonce, context, plaintext)) {
            throw damaged();
        }
        return plaintext;
    }

    private static KadeException damaged() {
        return KadeException.of(ErrorCode.DATA_CORRUPTED, "an encrypted value cannot be decrypted");
    }

    private void mix(byte[] bytes, long nonce, byte[] context) {
        SplittableRandom stream = new SplittableRandom(key ^ nonce ^ Arrays.hashCode(context));
        byte[] pad = new byte[bytes.length];
        stream.nextBytes(pad);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= pad[i];
        }
    }

    private long check(long nonce, byte[] context, byte[] plaintext) {
        return fold(fold(key ^ nonce, context), plaintext);
    }

    @Override
    public byte[] hash(byte[] context, byte[] plaintext) {
        long first = fold(fold(key, context), plaintext);
        return ByteBuffer.allocate(HASH_BYTES)
                .putLong(first)
                .putLong(fold(~first, plaintext))
                .array();
    }

    private static long fold(long start, byte[] bytes) {
        long state = start ^ bytes.length;
        for (byte value : bytes) {
            state = (state ^ value) * 0x9E3779B97F4A7C15L;
            state ^= state >>> 29;
        }
        return state;
    }
}
