package io.kadedb.common.security;

import java.util.Set;

/** Who asks: the user a session runs as, and the roles that are active. */
public record Principal(String user, Set<String> roles) {
    /** The owner of an embedded database: whoever can open the files may do everything. */
    public static final Principal EMBEDDED_OWNER = new Principal("kade", Set.of());

    public Principal {
        roles = Set.copyOf(roles);
    }
}
