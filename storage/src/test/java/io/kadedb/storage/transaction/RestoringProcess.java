package io.kadedb.storage.transaction;

import io.kadedb.common.control.CancelToken;
import java.nio.file.Path;

/** Restores a backup into one directory after another, and says when one is begun and done, until it is killed. */
final class RestoringProcess {
    private RestoringProcess() {}

    public static void main(String[] arguments) {
        for (int i = 0; ; i++) {
            System.out.println("begun " + i);
            Stores.restore(Path.of(arguments[0]), Path.of(arguments[1], "restored" + i), CancelToken.unbounded());
            System.out.println("done " + i);
        }
    }
}
