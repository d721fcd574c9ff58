package io.kadedb.storage.keyspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.subspace.Subspace;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceErrors;
import io.kadedb.storage.api.KeySpaceSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An open key space for each test, and short words for what tests do with it. */
abstract class KeySpaceFixture {
    protected KeySpace space = unopened();
    protected Database db = noDatabase();

    /** A key space with these settings: empty, or what the last one of this test left. */
    protected abstract KeySpace open(KeySpaceSettings settings);

    @SuppressWarnings("NullAway")
    private static KeySpace unopened() {
        return null;
    }

    @SuppressWarnings("NullAway")
    private static Database noDatabase() {
        return null;
    }

    @BeforeEach
    void openSpace() {
        openSpace(KeySpaceSettings.DEFAULT);
    }

    private void openSpace(KeySpaceSettings settings) {
        space = open(settings);
        db = space.database();
    }

    /** Closes the key space and opens it with other settings; an engine in memory is empty then. */
    protected void reopen(KeySpaceSettings settings) {
        space.close();
        openSpace(settings);
    }

    @AfterEach
    @SuppressWarnings("ConstantValue") // null when it could not be opened
    void closeSpace() {
        if (space != null) {
            space.close();
        }
    }

    /** A prefix under which atomic mutations are allowed; encrypted key spaces have them in some places only. */
    protected byte[] countersPrefix() {
        return key("counter/");
    }

    protected static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }

    protected static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    protected void put(String key, String value) {
        db.run(transaction -> {
            transaction.set(key(key), key(value));
            return key;
        });
    }

    /** The committed text under a key; "" when there is none. */
    protected String value(String key) {
        byte[] value = stored(key(key));
        return value == null ? "" : text(value);
    }

    protected byte @Nullable [] stored(byte[] key) {
        return db.<byte @Nullable []>run(t -> t.get(key).join());
    }

    protected List<KeyValue> rows(Subspace subspace) {
        return db.<List<KeyValue>>run(t -> t.getRange(subspace.range()).asList().join());
    }

    protected List<String> scan(String begin, String end) {
        return db.<List<String>>run(
                t -> texts(t.getRange(key(begin), key(end)).asList().join()));
    }

    protected static List<String> texts(List<KeyValue> rows) {
        return rows.stream()
                .map(row -> text(row.getKey()) + "=" + text(row.getValue()))
                .toList();
    }

    protected static void assertCode(KeySpaceErrors expected, ThrowingCallable action) {
        assertThatThrownBy(action)
                .satisfies(error -> assertThat(KeySpaceErrors.unwrap(error))
                        .isInstanceOfSatisfying(
                                FDBException.class,
                                known -> assertThat(known.getCode()).isEqualTo(expected.code())));
    }

    protected byte[] counter(String name) {
        byte[] prefix = countersPrefix();
        return ByteBuffer.allocate(prefix.length + name.length())
                .put(prefix)
                .put(key(name))
                .array();
    }

    protected static byte[] littleEndian(long number) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array();
    }
}
