package io.kadedb.server.remote;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.server.jdbc.CatalogResults;
import io.kadedb.server.jdbc.JdbcIsolation;
import io.kadedb.server.jdbc.KadeErrors;
import io.kadedb.server.jdbc.SessionBatches;
import io.kadedb.server.session.Session;
import io.kadedb.server.session.TransactionStatus;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Avatica's requests, answered by sessions. Belongs to one request at a time: whoever serves several makes one each.
 * Methods fail with what {@link ErrorResponses} knows to report.
 */
public final class AvaticaService implements Service {
    private final SessionTable sessions;
    private final SessionProperties properties;
    private final Client client;
    private final RequestContext context;
    private final RpcMetadataResponse metadata = Requests.METADATA;

    public AvaticaService(SessionTable sessions, SessionProperties properties, Client client, RequestContext context) {
        this.sessions = sessions;
        this.properties = properties;
        this.client = client;
        this.context = context;
    }

    private <T> T with(String connection, Function<RemoteSession, T> work) {
        RemoteSession session = sessions.find(connection, client);
        return session.locked(() -> work.apply(session));
    }

    /** For what begins new work. */
    private <T> T begin(String connection, Function<RemoteSession, T> work) {
        return with(connection, session -> {
            sessions.checkAccepting();
            return work.apply(session);
        });
    }

    @Override
    public OpenConnectionResponse apply(OpenConnectionRequest request) {
        RemoteSession opened = sessions.open(request.connectionId, client);
        boolean accepted = false;
        try {
            Map<String, String> info = request.info == null ? Map.of() : request.info;
            properties.apply(opened.session(), info, client.encoding());
            accepted = true;
            return new OpenConnectionResponse(metadata);
        } finally {
            if (!accepted) {
                sessions.close(request.connectionId, client);
            }
        }
    }

    @Override
    public CloseConnectionResponse apply(CloseConnectionRequest request) {
        sessions.close(request.connectionId, client);
        return new CloseConnectionResponse(metadata);
    }

    @Override
    public ConnectionSyncResponse apply(ConnectionSyncRequest request) {
        return with(request.connectionId, session -> {
            properties.sync(session.session(), request.connProps);
            Session own = session.session();
            return new ConnectionSyncResponse(
                    new ConnectionPropertiesImpl(
                            own.autocommit(),
                            own.readOnly(),
                            JdbcIsolation.of(own),
                            own.database(),
                            SessionProperties.schema(own)),
                    metadata);
        });
    }

    @Override
    public CreateStatementResponse apply(CreateStatementRequest request) {
        return begin(request.connectionId, session -> {
            RemoteStatement statement = session.createStatement(Optional.empty());
            return new CreateStatementResponse(session.id(), statement.id(), metadata);
        });
    }

    @Override
    public CloseStatementResponse apply(CloseStatementRequest request) {
        // With its session a statement was closed too.
        sessions.lookUp(request.connectionId, client)
                .ifPresent(session -> session.whenOpen(() -> session.closeStatement(request.statementId)));
        return new CloseStatementResponse(metadata);
    }

    @Override
    public PrepareResponse apply(PrepareRequest request) {
        return begin(request.connectionId, session -> {
            RemoteStatement statement = session.prepare(request.sql);
            Session.Description description = statement.prepared().orElseThrow().description();
            Meta.Signature signature = client.encoding()
                    .signature(
                            request.sql,
                            session.session().timeZone(),
                            description.parameters(),
                            description.columns(),
                            description.hasRows());
            return new PrepareResponse(new Meta.StatementHandle(session.id(), statement.id(), signature), metadata);
        });
    }

    @Override
    public ExecuteResponse apply(PrepareAndExecuteRequest request) {
        return begin(request.connectionId, session -> {
            Optional<RemoteStatement> target = session.executable(request.statementId);
            if (target.isEmpty()) {
                return new ExecuteResponse(List.of(), true, metadata);
            }
            List<ParsedStatement> parsed =
                    RemoteSession.reported(request.sql, () -> session.session().parse(request.sql));
            List<ResultSetResponse> results = session.execute(
                    target.get(),
                    new RemoteSession.Execution(
                            request.sql, parsed, List.of(), request.maxRowCount, request.maxRowsInFirstFrame),
                    context);
            return new ExecuteResponse(results, false, metadata);
        });
    }

    @Override
    public ExecuteResponse apply(ExecuteRequest request) {
        return begin(request.statementHandle.connectionId, session -> {
            Optional<RemoteStatement> target = session.statement(request.statementHandle.id);
            if (target.isEmpty()) {
                return new ExecuteResponse(List.of(), true, metadata);
            }
            RemoteStatement.Prepared prepared = prepared(target.get());
            List<ResultSetResponse> results = session.execute(
                    target.get(),
                    new RemoteSession.Execution(
                            prepared.text(),
                            List.of(prepared.statement()),
                            ParameterDecoder.decode(request.parameterValues),
                            0,
                            request.maxRowCount),
                    context);
            return new ExecuteResponse(results, false, metadata);
        });
    }

    private static RemoteStatement.Prepared prepared(RemoteStatement statement) {
        return statement
                .prepared()
                .orElseThrow(() -> KadeException.of(
                        ErrorCode.PROTOCOL_VIOLATION, "statement " + statement.id() + " was not prepared"));
    }

    @Override
    public FetchResponse apply(FetchRequest request) {
        return with(request.connectionId, session -> {
            Optional<RemoteStatement> target = session.statement(request.statementId);
            if (target.isEmpty()) {
                return new FetchResponse(null, true, true, metadata);
            }
            RemoteStatement statement = target.get();
            CancelToken token = statement.token();
            if (token != null) {
                context.runs(token);
            }
            Optional<Meta.Frame> frame = session.fetch(statement, request.fetchMaxRowCount);
            return new FetchResponse(frame.orElse(null), false, frame.isEmpty(), metadata);
        });
    }

    /** Never needed: a statement's rows are open on the server or gone. */
    @Override
    public SyncResultsResponse apply(SyncResultsRequest request) {
        return new SyncResultsResponse(false, true, metadata);
    }

    @Override
    public CommitResponse apply(CommitRequest request) {
        return with(request.connectionId, session -> {
            checkBlock(session.session(), "commit");
            session.session().commit();
            return Requests.COMMITTED;
        });
    }

    @Override
    public RollbackResponse apply(RollbackRequest request) {
        return with(request.connectionId, session -> {
            checkBlock(session.session(), "rollback");
            session.session().rollback();
            return Requests.ROLLED_BACK;
        });
    }

    private static void checkBlock(Session session, String what) {
        if (session.autocommit() && session.status() == TransactionStatus.IDLE) {
            throw KadeException.of(
                    ErrorCode.NO_ACTIVE_SQL_TRANSACTION, "cannot " + what + ": the connection is in autocommit mode");
        }
    }

    @Override
    public ExecuteBatchResponse apply(PrepareAndExecuteBatchRequest request) {
        return begin(request.connectionId, session -> {
            if (session.executable(request.statementId).isEmpty()) {
                return new ExecuteBatchResponse(session.id(), request.statementId, new long[0], true, metadata);
            }
            CancelToken token = token(session);
            session.session().begins(request.statementId);
            return batch(session, request.statementId, request.sqlCommands, "", text -> {
                long rows = 0;
                List<ParsedStatement> parsed =
                        RemoteSession.reported(text, () -> session.session().parse(text));
                for (ParsedStatement each : parsed) {
                    rows = RemoteSession.reported(text, () -> session.update(each, List.of(), token));
                }
                return rows;
            });
        });
    }

    @Override
    public ExecuteBatchResponse apply(ExecuteBatchRequest request) {
        return begin(request.connectionId, session -> {
            Optional<RemoteStatement> target = session.statement(request.statementId);
            if (target.isEmpty()) {
                return new ExecuteBatchResponse(session.id(), request.statementId, new long[0], true, metadata);
            }
            RemoteStatement.Prepared prepared = prepared(target.get());
            List<List<@Nullable Object>> members = new ArrayList<>();
            request.getProtoUpdateBatches()
                    .forEach(member -> members.add(ParameterDecoder.decode(member.getParameterValuesList().stream()
                            .map(TypedValue::fromProto)
                            .toList())));
            CancelToken token = token(session);
            session.session().begins(request.statementId);
            return batch(
                    session,
                    request.statementId,
                    members,
                    prepared.text(),
                    member -> session.update(prepared.statement(), member, token));
        });
    }

    private CancelToken token(RemoteSession session) {
        CancelToken token = session.session().newToken(context.timeoutMillis());
        context.runs(token);
        return token;
    }

    private <T> ExecuteBatchResponse batch(
            RemoteSession session, int statement, List<T> members, String text, Function<T, Long> runner) {
        try {
            long[] counts = SessionBatches.run(session.session(), members, member -> {
                try {
                    return runner.apply(member);
                } catch (RequestFailure e) {
                    throw KadeErrors.of(e.error(), e.text());
                } catch (KadeException e) {
                    throw KadeErrors.of(e, text);
                }
            });
            return new ExecuteBatchResponse(session.id(), statement, counts, false, metadata);
        } catch (BatchUpdateException e) {
            throw e.getCause() != null && e.getCause().getCause() instanceof KadeException error
                    ? new BatchFailure(error, String.valueOf(e.getMessage()), e.getLargeUpdateCounts())
                    : KadeException.internal("a batch failed for an unknown reason", e);
        } catch (SQLException e) {
            throw KadeException.internal("a batch failed for an unknown reason", e);
        }
    }

    private ResultSetResponse catalog(
            String connection,
            List<CatalogResults.Column> columns,
            Function<CatalogResults, List<@Nullable Object[]>> rows) {
        return begin(
                connection,
                session -> CatalogRows.response(
                        session,
                        columns,
                        rows.apply(new CatalogResults(
                                session.session().catalog(), session.session().database()))));
    }

    @Override
    public ResultSetResponse apply(CatalogsRequest request) {
        return catalog(request.connectionId, CatalogResults.CATALOGS, CatalogResults::catalogs);
    }

    @Override
    public ResultSetResponse apply(SchemasRequest request) {
        return catalog(
                request.connectionId,
                CatalogResults.SCHEMAS,
                results -> results.schemas(request.catalog, request.schemaPattern));
    }

    @Override
    public ResultSetResponse apply(TablesRequest request) {
        return catalog(
                request.connectionId,
                CatalogResults.TABLES,
                results -> results.tables(
                        request.catalog, request.schemaPattern, request.tableNamePattern, request.typeList));
    }

    @Override
    public ResultSetResponse apply(TableTypesRequest request) {
        return catalog(request.connectionId, CatalogResults.TABLE_TYPES, results -> CatalogResults.tableTypes());
    }

    @Override
    public ResultSetResponse apply(TypeInfoRequest request) {
        return catalog(request.connectionId, CatalogResults.TYPES, results -> CatalogResults.types());
    }

    @Override
    public ResultSetResponse apply(ColumnsRequest request) {
        return catalog(
                request.connectionId,
                CatalogResults.COLUMNS,
                results -> results.columns(
                        request.catalog, request.schemaPattern, request.tableNamePattern, request.columnNamePattern));
    }

    @Override
    public DatabasePropertyResponse apply(DatabasePropertyRequest request) {
        Map<Meta.DatabaseProperty, Object> values = new EnumMap<>(Meta.DatabaseProperty.class);
        for (Meta.DatabaseProperty property : Meta.DatabaseProperty.values()) {
            values.put(property, property.defaultValue);
        }
        values.put(Meta.DatabaseProperty.GET_DEFAULT_TRANSACTION_ISOLATION, Connection.TRANSACTION_SERIALIZABLE);
        values.put(Meta.DatabaseProperty.GET_DATABASE_PRODUCT_NAME, "KadeDB");
        values.put(
                Meta.DatabaseProperty.GET_DATABASE_PRODUCT_VERSION,
                with(request.connectionId, session -> session.session().setting("server_version")));
        values.put(Meta.DatabaseProperty.GET_DATABASE_MAJOR_VERSION, 0);
        values.put(Meta.DatabaseProperty.GET_DATABASE_MINOR_VERSION, 1);
        return new DatabasePropertyResponse(values, metadata);
    }

    @Override
    public void setRpcMetadata(RpcMetadataResponse serverLevel) {
        // Responses carry no server's address: a client that may connect knows it.
    }
}
