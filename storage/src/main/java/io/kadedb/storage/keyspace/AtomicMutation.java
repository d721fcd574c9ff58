package io.kadedb.storage.keyspace;

import com.apple.foundationdb.MutationType;
import io.kadedb.storage.api.KeySpaceErrors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The arithmetic of atomic mutations, as FoundationDB documents it for API versions from 510 on. */
final class AtomicMutation {
    private AtomicMutation() {}

    /**
     * The value after the mutation.
     *
     * @param old the value before, or null when there was none
     * @param largestValue the limit that APPEND_IF_FITS observes, in bytes
     * @return the new value, or null when there is none
     */
    static byte @Nullable [] apply(MutationType type, byte @Nullable [] old, byte[] operand, int largestValue) {
        return switch (code(type)) {
            case 2 -> add(old, operand);
            case 6 -> old == null ? operand : bitwise(old, operand, 6);
            case 7, 8 -> old == null ? operand : bitwise(old, operand, code(type));
            case 9 -> append(old, operand, largestValue);
            case 12 -> old == null || compareLittleEndian(old, operand) <= 0 ? operand : fit(old, operand.length);
            case 13 -> old == null || compareLittleEndian(old, operand) >= 0 ? operand : fit(old, operand.length);
            case 16 -> old == null || Keys.compare(old, operand) >= 0 ? operand : old;
            case 17 -> old == null || Keys.compare(old, operand) <= 0 ? operand : old;
            case 20 -> old == null || Arrays.equals(old, operand) ? null : old;
            default -> throw KeySpaceErrors.INVALID_MUTATION_TYPE.exception();
        };
    }

    /** FoundationDB's number for a mutation; the enum has deprecated doubles. */
    static int code(MutationType type) {
        return type.code();
    }

    private static byte[] add(byte @Nullable [] old, byte[] operand) {
        if (old == null) {
            return operand;
        }
        byte[] sum = new byte[operand.length];
        int carry = 0;
        for (int i = 0; i < operand.length; i++) {
            int digit = (operand[i] & 0xFF) + (i < old.length ? old[i] & 0xFF : 0) + carry;
            sum[i] = (byte) digit;
            carry = digit >>> 8;
        }
        return sum;
    }

    private static byte[] bitwise(byte[] old, byte[] operand, int code) {
        byte[] result = new byte[operand.length];
        for (int i = 0; i < operand.length; i++) {
            byte before = i < old.length ? old[i] : 0;
            result[i] = (byte)
                    switch (code) {
                        case 6 -> before & operand[i];
                        case 7 -> before | operand[i];
                        default -> before ^ operand[i];
                    };
        }
        return result;
    }

    private static byte[] append(byte @Nullable [] old, byte[] operand, int largestValue) {
        if (old == null) {
            return operand;
        }
        if (old.length + operand.length > largestValue) {
            return old;
        }
        byte[] joined = Arrays.copyOf(old, old.length + operand.length);
        System.arraycopy(operand, 0, joined, old.length, operand.length);
        return joined;
    }

    /** Compares the old value, cut or zero-extended to the operand's length, with the operand as unsigned numbers. */
    private static int compareLittleEndian(byte[] old, byte[] operand) {
        for (int i = operand.length - 1; i >= 0; i--) {
            int before = i < old.length ? old[i] & 0xFF : 0;
            int order = Integer.compare(before, operand[i] & 0xFF);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static byte[] fit(byte[] old, int length) {
        return old.length == length ? old : Arrays.copyOf(old, length);
    }
}
