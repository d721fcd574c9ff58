package io.kadedb.storage.cipher;

/**
 * The cryptography behind the boundary. The boundary decides what is encrypted; this says how. Implementations are safe
 * for any number of threads.
 */
public interface ValueCipher {
    /** Bytes that {@link #encrypt} adds, at most. */
    int overheadBytes();

    /** Bytes of a hash from {@link #hash}. */
    int hashBytes();

    /**
     * Encrypts bytes.
     *
     * @param context which space the bytes belong to; must be the same to decrypt
     */
    byte[] encrypt(byte[] context, byte[] plaintext);

    /** Reverses {@link #encrypt}. */
    byte[] decrypt(byte[] context, byte[] ciphertext);

    /** A keyed hash: equal bytes have equal hashes, and without the key nothing else is to be learned from them. */
    byte[] hash(byte[] context, byte[] plaintext);
}
