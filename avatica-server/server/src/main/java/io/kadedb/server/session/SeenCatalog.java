package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogSnapshot;
import org.jspecify.annotations.Nullable;

/** The catalog as a session sees it, made once for each catalog. Belongs to the session's thread. */
final class SeenCatalog {
    private final String session;
    private @Nullable CatalogSnapshot whole;
    private @Nullable CatalogSnapshot seen;

    /** @param session whose temporary tables are seen */
    SeenCatalog(String session) {
        this.session = session;
    }

    @SuppressWarnings("ReferenceEquality") // the same snapshot is seen as before
    CatalogSnapshot of(CatalogSnapshot now) {
        CatalogSnapshot known = seen;
        if (known == null || now != whole) {
            known = now.seenBy(session);
            whole = now;
            seen = known;
        }
        return known;
    }
}
