package io.kadedb.storage.keyspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.tuple.Tuple;
import com.apple.foundationdb.tuple.Versionstamp;
import io.kadedb.storage.api.KeySpaceErrors;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionstampsTest {
    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The bytes follow from FoundationDB's tuple specification: code 0x33, 12 bytes, then the place, little endian. */
    @Test
    void packsAsTheTupleLayerDoes() {
        Tuple tuple = Tuple.from("foo", Versionstamp.incomplete(0x0102), 7L);
        assertThat(hex(Versionstamps.pack(new byte[0], tuple)))
                .isEqualTo("02666f6f00" + "33" + "ffffffffffffffffffff" + "0102" + "1507" + "06000000");
        assertThat(hex(Versionstamps.pack(new byte[] {9, 9}, tuple)))
                .isEqualTo("0909" + "02666f6f00" + "33" + "ffffffffffffffffffff" + "0102" + "1507" + "08000000");
        Tuple nested = Tuple.from(Tuple.from(null, Versionstamp.incomplete(1)), List.of("x"));
        assertThat(hex(Versionstamps.pack(new byte[0], nested)))
                .isEqualTo("05" + "00ff" + "33" + "ffffffffffffffffffff" + "0001" + "00" + "0502780000" + "04000000");
    }

    @Test
    void wantsExactlyOneIncompleteStamp() {
        Tuple none = Tuple.from("a", Versionstamp.complete(new byte[10]));
        assertThatThrownBy(() -> Versionstamps.pack(new byte[0], none)).isInstanceOf(IllegalArgumentException.class);
        Tuple two = Tuple.from(Versionstamp.incomplete(), Versionstamp.incomplete());
        assertThatThrownBy(() -> Versionstamps.pack(new byte[0], two)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void placesOutsideTheBytesAreRefused() {
        byte[] parameter = Versionstamps.parameter(new byte[12], 2);
        assertThat(Versionstamps.offset(parameter)).isEqualTo(2);
        parameter[12] = 3;
        assertRefused(parameter);
        assertRefused(new byte[13]);
        assertRefused(Arrays.copyOf(parameter, 3));
    }

    private static void assertRefused(byte[] parameter) {
        assertThatThrownBy(() -> Versionstamps.offset(parameter))
                .satisfies(e -> assertThat(KeySpaceErrors.CLIENT_INVALID_OPERATION.matches(e))
                        .isTrue());
    }
}
