package io.kadedb.server.session;

import io.kadedb.common.seam.Clock;
import io.kadedb.common.seam.Random;
import io.kadedb.common.seam.Scheduler;
import io.kadedb.common.security.AccessControl;
import io.kadedb.executor.api.FileExports;
import io.kadedb.executor.api.PlanExecutor;
import io.kadedb.planner.api.FileCatalog;
import io.kadedb.planner.api.StatementPlanner;
import io.kadedb.storage.api.Store;

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
        FileCatalog files,
        FileExports exports,
        PlanText planText,
        AccessControl access,
        Clock clock,
        Scheduler scheduler,
        Random random,
        OpenTransactions transactions) {}
