package io.kadedb.jdbc;

import java.io.IOException;
import org.apache.calcite.avatica.proto.Common;

/**
 * The names of messages on the wire are those of Avatica's classes, which have other names in a jar that carries them
 * relocated.
 */
final class WireNames {
    /** Put together here, since relocating changes names that are written in one piece too. */
    private static final String REAL = String.join(".", "org", "apache", "calcite", "avatica", "proto", "");

    private static final String OWN = Common.class.getPackage().getName() + ".";

    private WireNames() {}

    /** A message of ours as the server knows it. */
    static byte[] toServer(byte[] message) throws IOException {
        return renamed(message, OWN, REAL);
    }

    /** A message of the server as our classes know it. */
    static byte[] fromServer(byte[] message) throws IOException {
        return renamed(message, REAL, OWN);
    }

    private static byte[] renamed(byte[] message, String from, String to) throws IOException {
        if (OWN.equals(REAL)) {
            return message;
        }
        Common.WireMessage wire = Common.WireMessage.parseFrom(message);
        String name = wire.getName();
        return name.startsWith(from)
                ? wire.toBuilder()
                        .setName(to + name.substring(from.length()))
                        .build()
                        .toByteArray()
                : message;
    }
}
