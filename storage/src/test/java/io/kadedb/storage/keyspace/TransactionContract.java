package io.kadedb.storage.keyspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.directory.DirectoryLayer;
import com.apple.foundationdb.directory.DirectorySubspace;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import com.apple.foundationdb.tuple.Versionstamp;
import io.kadedb.storage.api.KeySpaceErrors;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Transactions as FoundationDB documents them. */
abstract class TransactionContract extends KeySpaceFixture {
    @Test
    void readsWhatWasCommitted() {
        put("a", "1");
        assertThat(value("a")).isEqualTo("1");
        assertThat(value("b")).isEmpty();
    }

    @Test
    void readsItsOwnWrites() {
        put("a", "1");
        put("b", "2");
        put("c", "3");
        try (Transaction t = db.createTransaction()) {
            t.set(key("b"), key("new"));
            t.clear(key("c"));
            t.set(key("d"), key("4"));
            assertThat(text(t.get(key("b")).join())).isEqualTo("new");
            assertThat(t.get(key("c")).join()).isNull();
            assertThat(texts(t.getRange(key("a"), key("z")).asList().join())).containsExactly("a=1", "b=new", "d=4");
            assertThat(texts(t.getRange(key("a"), key("z"), 2, true).asList().join()))
                    .containsExactly("d=4", "b=new");
            t.clear(key("a"), key("c"));
            assertThat(texts(t.getRange(key("a"), key("z")).asList().join())).containsExactly("d=4");
            t.set(key("aa"), key("5"));
            assertThat(texts(t.snapshot().getRange(key("a"), key("z")).asList().join()))
                    .containsExactly("aa=5", "d=4");
            t.options().setSnapshotRywDisable();
            assertThat(texts(t.snapshot().getRange(key("a"), key("z")).asList().join()))
                    .containsExactly("a=1", "b=2", "c=3");
        }
    }

    @Test
    void readersKeepTheirSnapshot() {
        put("a", "old");
        try (Transaction reader = db.createTransaction()) {
            assertThat(text(reader.get(key("a")).join())).isEqualTo("old");
            put("a", "new");
            put("b", "new");
            assertThat(text(reader.get(key("a")).join())).isEqualTo("old");
            assertThat(texts(reader.getRange(key("a"), key("z")).asList().join()))
                    .containsExactly("a=old");
        }
        assertThat(scan("a", "z")).containsExactly("a=new", "b=new");
    }

    @Test
    void olderVersionsCanBeRead() {
        put("a", "1");
        long first = space.currentVersion();
        put("a", "2");
        db.run(t -> {
            t.clear(key("a"));
            return true;
        });
        try (Transaction t = space.transactionAt(first)) {
            assertThat(text(t.get(key("a")).join())).isEqualTo("1");
        }
        assertThat(space.currentVersion()).isGreaterThan(first);
        assertCode(
                KeySpaceErrors.FUTURE_VERSION,
                () -> space.transactionAt(space.currentVersion() + 1_000_000_000L)
                        .get(key("a"))
                        .join());
    }

    @Test
    void aReadThatChangedFailsTheCommit() {
        put("a", "1");
        Transaction t = db.createTransaction();
        assertThat(text(t.get(key("a")).join())).isEqualTo("1");
        put("a", "2");
        t.set(key("b"), key("x"));
        assertCode(KeySpaceErrors.NOT_COMMITTED, () -> t.commit().join());
        Transaction again = t.onError(KeySpaceErrors.NOT_COMMITTED.exception()).join();
        assertThat(text(again.get(key("a")).join())).isEqualTo("2");
        again.set(key("b"), key("x"));
        again.commit().join();
        assertThat(again.getCommittedVersion()).isEqualTo(space.currentVersion());
    }

    @Test
    void aRangeReadConflictsWithWhatAppearsInIt() {
        put("a", "1");
        put("m", "1");
        assertPhantom("b", true);
        assertPhantom("l", true);
        assertPhantom("n", false);
        assertPhantom("Z", false);
    }

    private void assertPhantom(String inserted, boolean conflict) {
        Transaction t = db.createTransaction();
        assertThat(t.getRange(key("a"), key("m\0")).asList().join()).isNotEmpty();
        t.set(key("other"), key(inserted));
        put(inserted, "phantom");
        if (conflict) {
            assertCode(KeySpaceErrors.NOT_COMMITTED, () -> t.commit().join());
        } else {
            t.commit().join();
        }
    }

    @Test
    void aLimitedRangeReadConflictsOnlyAsFarAsItRead() {
        for (String name : List.of("a", "b", "c", "d")) {
            put(name, "1");
        }
        Transaction t = db.createTransaction();
        assertThat(t.getRange(key("a"), key("z"), 2).asList().join()).hasSize(2);
        t.set(key("other"), key("1"));
        put("c", "2");
        t.commit().join();
        Transaction reverse = db.createTransaction();
        assertThat(reverse.getRange(key("a"), key("e"), 2, true).asList().join())
                .hasSize(2);
        reverse.set(key("other"), key("1"));
        put("b", "2");
        reverse.commit().join();
        Transaction hit = db.createTransaction();
        assertThat(hit.getRange(key("a"), key("e"), 2, true).asList().join()).hasSize(2);
        hit.set(key("other"), key("1"));
        put("cc", "2");
        assertCode(KeySpaceErrors.NOT_COMMITTED, () -> hit.commit().join());
    }

    @Test
    void clearedRangesConflictWithReads() {
        put("m", "1");
        Transaction t = db.createTransaction();
        assertThat(t.get(key("x")).join()).isNull();
        t.set(key("other"), key("1"));
        db.run(other -> {
            other.clear(key("a"), key("y"));
            return true;
        });
        assertCode(KeySpaceErrors.NOT_COMMITTED, () -> t.commit().join());
        assertThat(value("m")).isEmpty();
    }

    @Test
    void snapshotReadsAndBlindWritesDoNotConflict() {
        put("a", "1");
        Transaction t = db.createTransaction();
        assertThat(text(t.snapshot().get(key("a")).join())).isEqualTo("1");
        t.set(key("a"), key("3"));
        put("a", "2");
        t.commit().join();
        assertThat(value("a")).isEqualTo("3");
    }

    @Test
    void conflictRangesCanBeGivenExplicitly() {
        Transaction t = db.createTransaction();
        t.getReadVersion().join();
        t.addReadConflictRange(key("a"), key("c"));
        t.set(key("other"), key("1"));
        Transaction marker = db.createTransaction();
        marker.addWriteConflictKey(key("b"));
        marker.commit().join();
        assertCode(KeySpaceErrors.NOT_COMMITTED, () -> t.commit().join());

        Transaction quiet = db.createTransaction();
        quiet.getReadVersion().join();
        quiet.addReadConflictKey(key("b"));
        quiet.set(key("other"), key("1"));
        db.run(other -> {
            other.options().setNextWriteNoWriteConflictRange();
            other.set(key("b"), key("1"));
            return true;
        });
        quiet.commit().join();
    }

    @Test
    void ownWritesAnswerReadsWithoutConflict() {
        Transaction t = db.createTransaction();
        t.getReadVersion().join();
        t.set(key("b"), key("mine"));
        assertThat(text(t.get(key("b")).join())).isEqualTo("mine");
        assertThat(texts(t.getRange(key("b"), key("b\0")).asList().join())).containsExactly("b=mine");
        put("b", "theirs");
        t.commit().join();
        assertThat(value("b")).isEqualTo("mine");
    }

    @Test
    void keySelectorsCountKeys() {
        for (String name : List.of("a", "b", "c", "d")) {
            put(name, name);
        }
        try (Transaction t = db.createTransaction()) {
            assertThat(selected(t, KeySelector.firstGreaterOrEqual(key("b")))).isEqualTo("b");
            assertThat(selected(t, KeySelector.firstGreaterThan(key("b")))).isEqualTo("c");
            assertThat(selected(t, KeySelector.lastLessOrEqual(key("b")))).isEqualTo("b");
            assertThat(selected(t, KeySelector.lastLessThan(key("b")))).isEqualTo("a");
            assertThat(selected(t, KeySelector.firstGreaterOrEqual(key("a")).add(3)))
                    .isEqualTo("d");
            assertThat(selected(t, KeySelector.lastLessThan(key("d")).add(-2))).isEqualTo("a");
            assertThat(selected(t, KeySelector.lastLessThan(key("a")))).isEmpty();
            t.clear(key("b"));
            t.set(key("bb"), key("x"));
            t.set(key("cc"), key("x"));
            assertThat(selected(t, KeySelector.firstGreaterThan(key("a")))).isEqualTo("bb");
            assertThat(selected(t, KeySelector.firstGreaterOrEqual(key("a")).add(3)))
                    .isEqualTo("cc");
            assertThat(texts(t.getRange(
                                    KeySelector.firstGreaterOrEqual(key("a")).add(1),
                                    KeySelector.lastLessThan(key("d")),
                                    0,
                                    false,
                                    StreamingMode.SMALL)
                            .asList()
                            .join()))
                    .containsExactly("bb=x", "c=c");
        }
    }

    private static String selected(ReadTransaction t, KeySelector selector) {
        return text(t.getKey(selector).join());
    }

    @Test
    void longRangesComeInPiecesInOrder() {
        db.run(t -> {
            for (int i = 0; i < 10_000; i++) {
                t.set(key("row/%05d".formatted(i)), key("v" + i));
            }
            return true;
        });
        try (Transaction t = db.createTransaction()) {
            for (StreamingMode mode : StreamingMode.values()) {
                int limit = mode == StreamingMode.EXACT ? 10_001 : 0;
                for (boolean reverse : new boolean[] {false, true}) {
                    int expected = reverse ? 9_999 : 0;
                    int count = 0;
                    for (KeyValue row : t.getRange(key("row/"), key("row0"), limit, reverse, mode)) {
                        assertThat(text(row.getKey())).isEqualTo("row/%05d".formatted(expected));
                        expected += reverse ? -1 : 1;
                        count++;
                    }
                    assertThat(count).isEqualTo(10_000);
                }
            }
            assertThat(t.getRange(key("row/"), key("row0"), 777).asList().join())
                    .hasSize(777);
            assertThat(t.getRangeSplitPoints(key("row/"), key("row0"), 20_000)
                            .join()
                            .getKeys())
                    .hasSizeGreaterThan(5);
            assertThat(t.getEstimatedRangeSizeBytes(key("row/"), key("row0")).join())
                    .isPositive();
        }
    }

    @Test
    void atomicMutationsNeedNoRead() {
        db.run(t -> {
            t.mutate(MutationType.ADD, counter("n"), littleEndian(5));
            return true;
        });
        Transaction left = db.createTransaction();
        Transaction right = db.createTransaction();
        left.getReadVersion().join();
        right.getReadVersion().join();
        left.mutate(MutationType.ADD, counter("n"), littleEndian(10));
        right.mutate(MutationType.ADD, counter("n"), littleEndian(-3));
        assertThat(left.snapshot().get(counter("n")).join()).isEqualTo(littleEndian(15));
        left.commit().join();
        right.commit().join();
        assertThat(stored(counter("n"))).isEqualTo(littleEndian(12));
    }

    @Test
    void atomicMutationsFollowTheirDefinitions() {
        assertMutation(MutationType.BIT_AND, bytes(0b1100, 1), bytes(0b1010), bytes(0b1000));
        assertMutation(MutationType.BIT_AND, null, bytes(0b1010), bytes(0b1010));
        assertMutation(MutationType.BIT_OR, bytes(0b1100), bytes(0b1010, 1), bytes(0b1110, 1));
        assertMutation(MutationType.BIT_XOR, bytes(0b1100), bytes(0b1010), bytes(0b0110));
        assertMutation(MutationType.ADD, bytes(255, 1), bytes(1, 0, 0), bytes(0, 2, 0));
        assertMutation(MutationType.MAX, bytes(1, 2), bytes(9, 1), bytes(1, 2));
        assertMutation(MutationType.MAX, bytes(1), bytes(9, 1), bytes(9, 1));
        assertMutation(MutationType.MAX, bytes(7, 0, 1), bytes(5, 0), bytes(7, 0));
        assertMutation(MutationType.MIN, bytes(1, 2), bytes(9, 1), bytes(9, 1));
        assertMutation(MutationType.MIN, bytes(1), bytes(9, 1), bytes(1, 0));
        assertMutation(MutationType.MIN, null, bytes(9, 1), bytes(9, 1));
        assertMutation(MutationType.BYTE_MIN, bytes(1, 2), bytes(1, 1, 5), bytes(1, 1, 5));
        assertMutation(MutationType.BYTE_MAX, bytes(1, 2), bytes(1, 1, 5), bytes(1, 2));
        assertMutation(MutationType.APPEND_IF_FITS, bytes(1), bytes(2, 3), bytes(1, 2, 3));
        assertMutation(MutationType.COMPARE_AND_CLEAR, bytes(1, 2), bytes(1, 2), null);
        assertMutation(MutationType.COMPARE_AND_CLEAR, bytes(1, 2), bytes(1, 3), bytes(1, 2));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private void assertMutation(MutationType type, byte @Nullable [] before, byte[] operand, byte @Nullable [] after) {
        byte[] key = counter("m");
        // Once over a stored value, once over one of the same transaction.
        db.run(t -> {
            t.clear(key);
            if (before != null) {
                t.set(key, before);
            }
            return true;
        });
        db.run(t -> {
            t.mutate(type, key, operand);
            assertThat(t.get(key).join()).as("%s read back", type).isEqualTo(after);
            return true;
        });
        assertThat(stored(key)).as("%s stored", type).isEqualTo(after);
        db.run(t -> {
            t.clear(key);
            if (before != null) {
                t.set(key, before);
            }
            t.mutate(type, key, operand);
            return true;
        });
        assertThat(stored(key)).as("%s in one transaction", type).isEqualTo(after);
    }

    @Test
    void versionstampsOrderWhatIsWritten() {
        Subspace log = new Subspace(key("log"));
        Transaction t = db.createTransaction();
        t.mutate(
                MutationType.SET_VERSIONSTAMPED_KEY,
                Versionstamps.pack(log.pack(), Tuple.from(Versionstamp.incomplete(7), "x")),
                key("first"));
        t.mutate(
                MutationType.SET_VERSIONSTAMPED_VALUE,
                key("stamped"),
                Versionstamps.parameter(new byte[] {1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3}, 2));
        assertCode(
                KeySpaceErrors.ACCESSED_UNREADABLE, () -> t.get(key("stamped")).join());
        assertCode(
                KeySpaceErrors.ACCESSED_UNREADABLE,
                () -> t.getRange(log.range()).asList().join());
        CompletableFuture<byte[]> stamp = t.getVersionstamp();
        assertThat(stamp).isNotDone();
        t.commit().join();
        assertThat(stamp.join()).isEqualTo(Versionstamps.stamp(t.getCommittedVersion()));
        List<KeyValue> rows = rows(log);
        assertThat(rows).hasSize(1);
        Tuple unpacked = log.unpack(rows.getFirst().getKey());
        assertThat(unpacked.getVersionstamp(0)).isEqualTo(Versionstamp.complete(stamp.join(), 7));
        assertThat(unpacked.getString(1)).isEqualTo("x");
        byte[] value = db.run(r -> r.get(key("stamped")).join());
        assertThat(value).startsWith(1, 2).endsWith(3).hasSize(13);
        assertThat(Versionstamps.version(value, 2)).isEqualTo(t.getCommittedVersion());
        Transaction readOnly = db.createTransaction();
        CompletableFuture<byte[]> none = readOnly.getVersionstamp();
        readOnly.commit().join();
        assertCode(KeySpaceErrors.NO_COMMIT_VERSION, none::join);
        assertThat(readOnly.getCommittedVersion()).isEqualTo(-1);
    }

    @Test
    void limitsAreKept() {
        try (Transaction t = db.createTransaction()) {
            t.set(new byte[10_000], new byte[100_000]);
            assertCode(KeySpaceErrors.KEY_TOO_LARGE, () -> t.set(new byte[10_001], new byte[1]));
            assertCode(KeySpaceErrors.VALUE_TOO_LARGE, () -> t.set(key("a"), new byte[100_001]));
            assertCode(KeySpaceErrors.KEY_OUTSIDE_LEGAL_RANGE, () -> t.set(bytes(0xFF), key("x")));
            assertCode(KeySpaceErrors.INVERTED_RANGE, () -> t.clear(key("b"), key("a")));
            t.commit().join();
        }
        try (Transaction t = db.createTransaction()) {
            for (int i = 0; i < 101; i++) {
                t.set(key("big/" + i), new byte[100_000]);
            }
            assertThat(t.getApproximateSize().join()).isGreaterThan(10_000_000);
            assertCode(KeySpaceErrors.TRANSACTION_TOO_LARGE, () -> t.commit().join());
        }
        try (Transaction t = db.createTransaction()) {
            t.options().setSizeLimit(100);
            t.set(key("a"), new byte[200]);
            assertCode(KeySpaceErrors.TRANSACTION_TOO_LARGE, () -> t.commit().join());
        }
    }

    @Test
    void endedTransactionsRefuseWork() {
        Transaction cancelled = db.createTransaction();
        cancelled.cancel();
        assertCode(
                KeySpaceErrors.TRANSACTION_CANCELLED,
                () -> cancelled.get(key("a")).join());
        assertCode(
                KeySpaceErrors.TRANSACTION_CANCELLED, () -> cancelled.commit().join());
        Transaction committed = db.createTransaction();
        committed.set(key("a"), key("1"));
        committed.commit().join();
        assertCode(KeySpaceErrors.USED_DURING_COMMIT, () -> committed.set(key("b"), key("1")));
        Transaction limited = db.createTransaction();
        limited.options().setRetryLimit(1);
        FDBException conflict = KeySpaceErrors.NOT_COMMITTED.exception();
        Transaction second = limited.onError(conflict).join();
        assertCode(KeySpaceErrors.NOT_COMMITTED, () -> second.onError(conflict).join());
    }

    @Test
    void runRetriesConflictsOnly() {
        int[] tries = new int[1];
        db.run(t -> {
            t.get(key("a")).join();
            if (tries[0]++ < 3) {
                put("a", "disturbed " + tries[0]);
            }
            t.set(key("b"), key("done"));
            return true;
        });
        assertThat(tries[0]).isEqualTo(4);
        assertThatThrownBy(() -> db.run(t -> {
                    throw new IllegalStateException("mine");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("mine");
        tries[0] = 0;
        String async = db.runAsync(t -> t.get(key("a")).thenApply(value -> {
                    if (tries[0]++ < 3) {
                        put("a", "again " + tries[0]);
                    }
                    t.set(key("b"), value);
                    return text(value);
                }))
                .join();
        assertThat(async).isEqualTo("again 3");
    }

    @Test
    void watchesCompleteOnChange() {
        String name = text(counter("w"));
        put(name, "1");
        CompletableFuture<Void> watch = db.run(t -> t.watch(key(name)));
        put("other", "1");
        put(name, "1");
        assertThat(watch).isNotDone();
        put(name, "2");
        assertThat(watch).isCompleted();
        Transaction late = db.createTransaction();
        CompletableFuture<Void> missed = late.watch(key(name));
        put(name, "3");
        late.commit().join();
        assertThat(missed).isCompleted();
        Transaction never = db.createTransaction();
        CompletableFuture<Void> dropped = never.watch(key(name));
        never.close();
        assertThat(dropped).isCompletedExceptionally();
    }

    @Test
    void directoriesRunUnchanged() {
        DirectoryLayer layer = new DirectoryLayer();
        DirectorySubspace orders =
                layer.createOrOpen(db, List.of("app", "orders")).join();
        DirectorySubspace users =
                layer.createOrOpen(db, List.of("app", "users")).join();
        assertThat(orders.getKey()).isNotEqualTo(users.getKey());
        assertThat(layer.open(db, List.of("app", "orders")).join().getKey()).isEqualTo(orders.getKey());
        assertThat(layer.list(db, List.of("app")).join()).containsExactly("orders", "users");
        db.run(t -> {
            t.set(orders.pack(Tuple.from(1L, "x")), key("row"));
            return true;
        });
        layer.move(db, List.of("app", "orders"), List.of("app", "sales")).join();
        assertThat(layer.exists(db, List.of("app", "orders")).join()).isFalse();
        DirectorySubspace sales = layer.open(db, List.of("app", "sales")).join();
        assertThat(rows(sales)).hasSize(1);
        layer.remove(db, List.of("app", "sales")).join();
        assertThat(rows(orders)).isEmpty();
    }
}
