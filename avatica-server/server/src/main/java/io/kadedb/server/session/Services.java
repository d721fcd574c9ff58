package io.kadedb.server.session;

import io.kadedb.common.seam.Clock;
import io.kadedb.common.seam.Random;
import io.kadedb.common.seam.Scheduler;
import io.kadedb.common.security.AccessControl;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Principal;
import io.kadedb.common.security.Privilege;
import io.kadedb.executor.api.FileExports;
import io.kadedb.executor.api.PlanExecutor;
import io.kadedb.planner.api.ClientFileCatalog;
import io.kadedb.planner.api.StatementPlanner;
import io.kadedb.storage.api.Store;
import java.util.List;

/**
 * What the sessions of one database share.
 *
 * @param database its name, for {@code current_database()}
 */
public record Services(
        String database,
        Store store,
        StatementReader reader,
        StatementPlanner planner,
        PlanExecutor executor,
        ClientFileCatalog files,
        FileExports exports,
        PlanText planText,
        AccessControl access,
        Clock clock,
        Scheduler scheduler,
        Random random,
        OpenTransactions transactions) {
    /** Lets only those go on who may change the database as a whole. */
    void checkOwner(Principal principal) {
        access.check(principal, Privilege.OWN, new ObjectName(ObjectName.Kind.DATABASE, "", database), List.of());
    }

    /**
     * Lets only those go on who may read and write files.
     *
     * @param path the file or directory, for the message
     */
    void checkFileAccess(Principal principal, String path) {
        access.check(principal, Privilege.FILES, new ObjectName(ObjectName.Kind.FILE, "", path), List.of());
    }
}
