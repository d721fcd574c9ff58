package io.kadedb.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.history.ListAppendChecker.Anomaly;
import io.kadedb.history.ListAppendChecker.Finding;
import io.kadedb.history.ListAppendHistory.Append;
import io.kadedb.history.ListAppendHistory.Op;
import io.kadedb.history.ListAppendHistory.Outcome;
import io.kadedb.history.ListAppendHistory.Read;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories with one anomaly each, which the checker has to find, and no other. */
class ListAppendCheckerTest {
    private final ListAppendHistory history = new ListAppendHistory();

    private static Op append(int key, int value) {
        return new Append(key, value);
    }

    private static Op read(int key, Integer... values) {
        return new Read(key, List.of(values));
    }

    /** At the same time as all others. */
    private void committed(Op... ops) {
        history.add(List.of(ops), Outcome.COMMITTED, 0, 100);
    }

    /** After all that was before. */
    private void later(long moment, Op... ops) {
        history.add(List.of(ops), Outcome.COMMITTED, moment, moment + 1);
    }

    private List<Anomaly> anomalies() {
        return ListAppendChecker.check(history.transactions()).stream()
                .map(Finding::anomaly)
                .toList();
    }

    @Test
    void serialHistoriesAreClean() {
        later(1, append(1, 1), append(2, 1));
        later(3, read(1, 1), append(1, 2));
        later(5, read(1, 1, 2), read(2, 1), append(2, 2), read(2, 1, 2));
        later(7, read(1, 1, 2), read(2, 1, 2));
        assertThat(anomalies()).isEmpty();
    }

    @Test
    void concurrentOnesInSomeOrderAreClean() {
        committed(append(1, 1), append(2, 1));
        committed(read(1), read(2));
        committed(read(1, 1), append(1, 2));
        committed(read(1, 1, 2), read(2, 1));
        assertThat(anomalies()).isEmpty();
    }

    @Test
    void whatARolledBackTransactionWroteIsNotRead() {
        history.add(List.of(append(1, 1)), Outcome.ABORTED, 0, 100);
        committed(read(1, 1));
        assertThat(anomalies()).containsExactly(Anomaly.ABORTED_READ);
    }

    @Test
    void nobodyReadsInTheMiddle() {
        committed(append(1, 1), append(1, 2));
        committed(read(1, 1));
        committed(read(1, 1, 2));
        assertThat(anomalies()).contains(Anomaly.INTERMEDIATE_READ);
    }

    @Test
    void ownAppendsAreRead() {
        committed(append(1, 1), read(1));
        assertThat(anomalies()).contains(Anomaly.INTERNAL);
    }

    @Test
    void valuesComeFromSomebodyAndOnce() {
        committed(append(1, 1));
        committed(read(1, 1, 9));
        assertThat(anomalies()).contains(Anomaly.GARBAGE);
        committed(read(1, 1, 1));
        assertThat(anomalies()).contains(Anomaly.GARBAGE);
    }

    @Test
    void readsOfOneListGoOnWhereOthersEnd() {
        committed(append(1, 1));
        committed(append(1, 2));
        committed(read(1, 1, 2));
        committed(read(1, 2));
        assertThat(anomalies()).contains(Anomaly.INCOMPATIBLE_ORDER);
    }

    @Test
    void committedAppendsStay() {
        later(1, append(1, 1));
        later(3, append(1, 2));
        later(5, read(1, 2));
        assertThat(anomalies()).containsExactly(Anomaly.LOST_APPEND);
    }

    @Test
    void ringsOfWritesAreFound() {
        committed(append(1, 1), append(2, 1));
        committed(append(1, 2), append(2, 2));
        committed(read(1, 1, 2), read(2, 2, 1));
        assertThat(anomalies()).contains(Anomaly.WRITE_CYCLE);
    }

    @Test
    void ringsOfInformationAreFound() {
        committed(append(1, 1), read(2, 1));
        committed(append(2, 1), read(1, 1));
        assertThat(anomalies()).containsExactly(Anomaly.CIRCULAR_INFORMATION);
    }

    @Test
    void readSkewIsFound() {
        committed(append(1, 1), append(2, 1));
        committed(read(1), read(2, 1));
        committed(read(1, 1), read(2, 1));
        assertThat(anomalies()).containsExactly(Anomaly.READ_SKEW);
    }

    @Test
    void lostUpdatesAreReadSkew() {
        committed(read(1), append(1, 1));
        committed(read(1), append(1, 2));
        committed(read(1, 1, 2));
        assertThat(anomalies()).contains(Anomaly.READ_SKEW);
    }

    @Test
    void longForksAreFound() {
        committed(append(1, 1));
        committed(append(2, 1));
        committed(read(1, 1), read(2));
        committed(read(1), read(2, 1));
        assertThat(anomalies()).containsExactly(Anomaly.LONG_FORK);
    }

    @Test
    void writeSkewIsFound() {
        committed(read(1), read(2), append(1, 1));
        committed(read(1), read(2), append(2, 1));
        committed(read(1, 1), read(2, 1));
        assertThat(anomalies()).containsExactly(Anomaly.WRITE_SKEW);
    }

    @Test
    void staleReadsAreFound() {
        later(1, append(1, 1));
        later(3, read(1));
        later(5, read(1, 1));
        assertThat(anomalies()).containsExactly(Anomaly.STALE);
    }

    @Test
    void anAnomalyAmongManyTransactionsIsFound() {
        List<Integer> values = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            later(10L * i, append(1, i), append(2, i));
            values.add(i);
            later(10L * i + 2, new Read(1, values), new Read(2, values));
        }
        assertThat(anomalies()).isEmpty();
        later(10_000, new Read(1, values), new Read(2, values.subList(0, 150)));
        assertThat(anomalies()).contains(Anomaly.READ_SKEW);
    }
}
