package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.control.CancelToken;
import io.kadedb.storage.api.CheckResult;
import io.kadedb.storage.api.DatabaseCheck;
import io.kadedb.storage.api.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Checks whole stores in tests. */
final class Checks {
    private Checks() {}

    static List<CheckResult> all(Store store) {
        List<CheckResult> all = new ArrayList<>();
        try (DatabaseCheck check = store.check(OptionalLong.empty(), CancelToken.unbounded())) {
            for (List<CheckResult> results = check.next(); results != null; results = check.next()) {
                all.addAll(results);
            }
        }
        return all;
    }

    /** What is damaged: kind, object and problem. */
    static List<String> damages(Store store) {
        return all(store).stream()
                .filter(result -> result.problem().isPresent())
                .map(result -> result.kind() + " " + result.object() + ": "
                        + result.problem().get())
                .toList();
    }

    static void assertSound(Store store) {
        assertThat(damages(store)).isEmpty();
    }
}
