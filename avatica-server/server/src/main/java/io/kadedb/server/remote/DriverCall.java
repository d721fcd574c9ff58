package io.kadedb.server.remote;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.jdbc.common.KeyRequest;
import io.kadedb.server.jdbc.CatalogResults;
import io.kadedb.server.jdbc.ForeignKeyResults;
import io.kadedb.server.jdbc.GeneratedKeys;
import io.kadedb.server.session.Notice;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/**
 * What our driver asks that Avatica has no request for; every call is answered by rows.
 *
 * @param connection whose session
 * @param method {@code notices}, {@code returning} (text, columns), {@code close_rows} (statement), {@code setting} (name),
 *     {@code set} (name, value), {@code primary_keys} (schema, table), {@code indexes} (schema, table, whether only unique ones), {@code imported_keys} and {@code exported_keys} (schema,
 *     table), {@code cross_reference} (referenced schema, table, referencing schema, table)
 */
public record DriverCall(String connection, String method, List<@Nullable String> arguments) {
    private static final List<CatalogResults.Column> NOTICES = List.of(
            new CatalogResults.Column("SQLSTATE", false),
            new CatalogResults.Column("MESSAGE", false),
            new CatalogResults.Column("STATEMENT", false));
    private static final List<CatalogResults.Column> RETURNING =
            List.of(new CatalogResults.Column("TEXT", false), new CatalogResults.Column("RETURNS", false));
    private static final List<CatalogResults.Column> VALUE = List.of(new CatalogResults.Column("VALUE", false));

    Service.Response run(SessionTable sessions, Client client) {
        RemoteSession session = sessions.find(connection, client);
        return session.locked(() -> run(session));
    }

    private Service.Response run(RemoteSession session) {
        return switch (method) {
            case "notices" -> CatalogRows.response(session, NOTICES, notices(session));
            case "returning" -> CatalogRows.response(session, RETURNING, returning(session));
            case "close_rows" -> {
                session.closeRows(number(0));
                yield CatalogRows.response(session, VALUE, List.of());
            }
            case "setting" -> value(session, session.session().setting(text(0)));
            case "set" -> {
                session.session().set(text(0), text(1));
                yield value(session, session.session().setting(text(0)));
            }
            case "primary_keys" ->
                CatalogRows.response(
                        session, CatalogResults.PRIMARY_KEYS, catalog(session).primaryKeys(argument(0), text(1)));
            case "indexes" ->
                CatalogRows.response(
                        session,
                        CatalogResults.INDEXES,
                        catalog(session).indexes(argument(0), text(1), Boolean.parseBoolean(text(2))));
            case "imported_keys" ->
                CatalogRows.response(
                        session, ForeignKeyResults.COLUMNS, foreignKeys(session).imported(argument(0), text(1)));
            case "exported_keys" ->
                CatalogRows.response(
                        session, ForeignKeyResults.COLUMNS, foreignKeys(session).exported(argument(0), text(1)));
            case "cross_reference" ->
                CatalogRows.response(
                        session,
                        ForeignKeyResults.COLUMNS,
                        foreignKeys(session).between(argument(0), text(1), argument(2), text(3)));
            default ->
                throw KadeException.of(
                        ErrorCode.PROTOCOL_VIOLATION, "the server knows no call \"" + method + "\": is it older?");
        };
    }

    private static CatalogResults catalog(RemoteSession session) {
        return new CatalogResults(session.session().catalog(), session.session().database());
    }

    private static ForeignKeyResults foreignKeys(RemoteSession session) {
        return new ForeignKeyResults(
                session.session().catalog(), session.session().database());
    }

    /** The statements of a text, made to return what their client asks for, and whether each was. */
    private List<@Nullable Object[]> returning(RemoteSession session) {
        String text = text(0);
        String[] columns = new String[arguments.size() - 1];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = text(i + 1);
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        KeyRequest keys = columns.length == 0 ? KeyRequest.ALL : KeyRequest.of(columns);
        GeneratedKeys.Rewritten rewritten = RemoteSession.reported(
                text,
                () -> GeneratedKeys.rewrite(
                        keys, session.session(), session.session().parse(text)));
        for (int i = 0; i < rewritten.statements().size(); i++) {
            rows.add(new @Nullable Object[] {
                rewritten.statements().get(i).text(),
                String.valueOf(rewritten.keyed().contains(i))
            });
        }
        return rows;
    }

    private static List<@Nullable Object[]> notices(RemoteSession session) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Notice notice : session.session().takeNotices()) {
            rows.add(new @Nullable Object[] {notice.sqlState(), notice.message(), String.valueOf(notice.statement())});
        }
        return rows;
    }

    static Service.Response value(RemoteSession session, String value) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(new @Nullable Object[] {value});
        return CatalogRows.response(session, VALUE, rows);
    }

    private @Nullable String argument(int index) {
        if (index >= arguments.size()) {
            throw KadeException.of(ErrorCode.PROTOCOL_VIOLATION, "the call " + method + " lacks arguments");
        }
        return arguments.get(index);
    }

    private int number(int index) {
        try {
            return Integer.parseInt(text(index));
        } catch (NumberFormatException e) {
            throw KadeException.of(ErrorCode.PROTOCOL_VIOLATION, "the call " + method + " wants a number", e);
        }
    }

    private String text(int index) {
        String argument = argument(index);
        if (argument == null) {
            throw KadeException.of(ErrorCode.PROTOCOL_VIOLATION, "an argument of the call " + method + " is missing");
        }
        return argument;
    }
}
