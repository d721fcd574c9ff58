package io.kadedb.storage.check;

import com.apple.foundationdb.FDBException;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.CheckResult;
import io.kadedb.storage.table.StorageErrors;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** The damages of one thing: some of them word by word, the others by their number. Owned by one thread. */
final class Problems {
    private static final int SHOWN = 20;

    private final String kind;
    private final String object;
    private final List<String> shown = new ArrayList<>();
    private long count;
    private long rows;

    Problems(String kind, String object) {
        this.kind = kind;
        this.object = object;
    }

    void add(String problem) {
        count++;
        if (shown.size() < SHOWN) {
            shown.add(problem);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Says how many rows were looked at. */
    void rows(long number) {
        rows = number;
    }

    /** Does something that fails with a problem where what it reads is damaged; whether it did not. */
    boolean guard(String what, Runnable work) {
        try {
            work.run();
            return true;
        } catch (CompletionException | FDBException e) {
            damage(what, StorageErrors.translate(e));
        } catch (KadeException e) {
            damage(what, e);
        } catch (IndexOutOfBoundsException
                | IllegalArgumentException
                | IllegalStateException
                | NegativeArraySizeException
                | BufferUnderflowException
                | UncheckedIOException e) {
            add(what + " cannot be decoded: " + e);
        }
        return false;
    }

    private void damage(String what, KadeException e) {
        if (e.code() != ErrorCode.DATA_CORRUPTED
                && e.code() != ErrorCode.INCOMPATIBLE_FORMAT
                && e.code() != ErrorCode.IO_ERROR) {
            throw e;
        }
        add(what + ": " + e.messageText());
    }

    List<CheckResult> results() {
        if (count == 0) {
            return List.of(CheckResult.sound(kind, object, rows));
        }
        List<CheckResult> results = new ArrayList<>();
        for (String problem : shown) {
            results.add(CheckResult.damaged(kind, object, rows, problem));
        }
        if (count > SHOWN) {
            results.add(CheckResult.damaged(kind, object, rows, "and " + (count - SHOWN) + " more"));
        }
        return results;
    }
}
