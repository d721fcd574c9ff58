package io.kadedb.storage.cipher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Range;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceErrors;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.keyspace.Versionstamps;
import io.kadedb.storage.memory.MemoryKeySpace;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the encryption boundary hides, and what it refuses. */
class CipherKeySpaceTest {
    private final List<KeySpace> below = new ArrayList<>();
    private final KeySpace space = CipheredKeySpaces.over(
            settings -> {
                below.add(new MemoryKeySpace(settings));
                return below.getFirst();
            },
            KeySpaceSettings.DEFAULT);
    private final Database db = space.database();

    private static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }

    private void put(String key, String value) {
        db.run(t -> {
            t.set(key(key), key(value));
            return true;
        });
    }

    private List<KeyValue> stored() {
        return below.getFirst()
                .database()
                .<List<KeyValue>>run(t -> t.getRange(new byte[0], new byte[] {(byte) 0xFF})
                        .asList()
                        .join());
    }

    private static void assertRefused(ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        KadeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED));
    }

    @Test
    void nothingSecretReachesTheEngine() {
        put("plain/alice", "secret of alice");
        put("hidden/alice", "secret of alice");
        assertThat(stored())
                .hasSize(2)
                .allSatisfy(row -> assertThat(new String(row.getValue(), UTF_8)).doesNotContain("secret", "alice"));
        assertThat(new String(stored().getFirst().getKey(), UTF_8))
                .startsWith("hidden/")
                .doesNotContain("alice");
        assertThat(stored().getLast().getKey()).isEqualTo(key("plain/alice"));
    }

    @Test
    void spacesWithoutOrderAreReadWholeOrKeyByKey() {
        for (int i = 0; i < 50; i++) {
            put("hidden/" + i, "value " + i);
        }
        put("hidden/7", "changed");
        List<KeyValue> rows = db.run(
                t -> t.getRange(Range.startsWith(key("hidden/"))).asList().join());
        assertThat(rows).hasSize(50).anySatisfy(row -> {
            assertThat(row.getKey()).isEqualTo(key("hidden/7"));
            assertThat(row.getValue()).isEqualTo(key("changed"));
        });
        db.run(t -> {
            assertThat(t.get(key("hidden/8")).join()).isEqualTo(key("value 8"));
            assertRefused(() -> t.getRange(key("hidden/1"), key("hidden/2")));
            assertRefused(() -> t.clear(key("hidden/1"), key("hidden/2")));
            assertRefused(() -> t.getKey(KeySelector.firstGreaterThan(key("hidden/1"))));
            t.clear(key("hidden/8"));
            return true;
        });
        db.run(t -> {
            assertThat(t.get(key("hidden/8")).join()).isNull();
            t.clear(Range.startsWith(key("hidden/")));
            return true;
        });
        assertThat(stored()).isEmpty();
    }

    @Test
    void keysWithoutOrderStillConflict() {
        var t = db.createTransaction();
        assertThat(t.get(key("hidden/1")).join()).isNull();
        t.set(key("other"), key("1"));
        put("hidden/1", "x");
        assertThatThrownBy(() -> t.commit().join())
                .satisfies(
                        e -> assertThat(KeySpaceErrors.NOT_COMMITTED.matches(e)).isTrue());
    }

    @Test
    void stampsWorkInEverySpace() {
        for (String name : List.of("plain/s", "hidden/s", "counter/s")) {
            byte[] value = key("0123456789ABCDEF");
            var t = db.createTransaction();
            t.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key(name), Versionstamps.parameter(value, 3));
            t.commit().join();
            byte[] read = db.run(r -> r.get(key(name)).join());
            assertThat(read).startsWith(key("012")).endsWith(key("DEF")).hasSize(16);
            assertThat(Versionstamps.version(read, 3)).isEqualTo(t.getCommittedVersion());
        }
    }

    @Test
    void encryptedValuesCannotBeMutated() {
        db.run(t -> {
            assertRefused(() -> t.mutate(MutationType.ADD, key("plain/n"), new byte[8]));
            t.mutate(MutationType.ADD, key("counter/n"), new byte[] {1});
            return true;
        });
        db.run(t -> {
            assertThat(t.get(key("counter/n")).join()).containsExactly(1);
            return true;
        });
    }

    @Test
    void aChangedValueIsNoticed() {
        put("a", "value");
        below.getFirst().database().run(t -> {
            byte[] stored = t.get(key("a")).join().clone();
            stored[stored.length - 1] ^= 1;
            t.set(key("a"), stored);
            return true;
        });
        assertThatThrownBy(() -> db.run(t -> t.get(key("a")).join()))
                .isInstanceOf(KadeException.class)
                .hasMessageContaining("cannot be decrypted");
    }
}
