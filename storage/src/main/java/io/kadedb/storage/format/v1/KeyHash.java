package io.kadedb.storage.format.v1;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands for a key in a table of mode BUCKETED: two bytes of bucket and 16 of a keyed hash (HMAC-SHA256, RFC 2104),
 * which say nothing of the values but whether they are equal.
 */
public final class KeyHash {
    private static final int BYTES = 18;

    private final SecretKeySpec secret;

    public KeyHash(byte[] secret) {
        this.secret = new SecretKeySpec(secret, "HmacSHA256");
    }

    byte[] bucketed(long tableId, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            mac.update(ByteBuffer.allocate(Long.BYTES).putLong(tableId).array());
            return Arrays.copyOf(mac.doFinal(key), BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }
}
