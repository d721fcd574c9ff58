package io.kadedb.storage.cipher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceSettings;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Puts the test cipher over key spaces of the contract tests. */
final class CipheredKeySpaces {
    static final byte[] BUCKETED_PREFIX = "hidden/".getBytes(UTF_8);

    private CipheredKeySpaces() {}

    static KeySpace over(Function<KeySpaceSettings, KeySpace> engine, KeySpaceSettings settings) {
        Random seeded = new Random(17);
        TestCipher cipher = new TestCipher(4711, () -> seeded);
        Map<byte[], KeyMode> modes = Map.of(
                "counter/".getBytes(UTF_8),
                KeyMode.PLAINTEXT,
                new byte[] {(byte) 0xFE},
                KeyMode.PLAINTEXT,
                BUCKETED_PREFIX,
                KeyMode.BUCKETED);
        KeySpaceSettings below = settings.withLimits(CipherKeySpace.limitsBelow(settings.limits(), cipher));
        return new CipherKeySpace(engine.apply(below), settings.limits(), cipher, modes);
    }
}
