package io.kadedb.server;

import io.kadedb.common.security.Principal;
import io.kadedb.server.session.LocalSession;
import io.kadedb.server.session.Services;
import io.kadedb.server.session.Session;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** An open database in this process. Thread-safe. */
public final class Node implements AutoCloseable {
    private final Services services;
    private final List<AutoCloseable> parts;
    private final AtomicLong sessions = new AtomicLong();

    /** @param parts what to close, in this order */
    Node(Services services, List<AutoCloseable> parts) {
        this.services = services;
        this.parts = List.copyOf(parts);
    }

    public String database() {
        return services.database();
    }

    /** Opens a session; whoever opens it closes it before the node is closed. */
    public Session open(Principal principal) {
        String id = String.format(Locale.ROOT, "s%d", sessions.incrementAndGet());
        return new LocalSession(id, services, principal);
    }

    @Override
    public void close() {
        Closing.all(parts);
    }
}
