package io.kadedb.storage.format.v1;

/** How the values of a chunk are encoded; the number is its first byte. The bodies are specified in the package. */
enum Encoding {
    CONSTANT(1),
    FRAME_OF_REFERENCE(2),
    DELTA(3),
    RUN_LENGTH(4),
    RAW(5),
    BITS(6),
    STRINGS(7),
    DICTIONARY(8),
    DELTA_OF_DELTA(9),
    DECIMAL(10);

    private final int number;

    Encoding(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
