package io.kadedb.server.remote;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.server.jdbc.CatalogResults;
import io.kadedb.server.session.Notice;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/**
 * What our driver asks that Avatica has no request for; every call is answered by rows.
 *
 * @param connection whose session
 * @param method {@code notices}, {@code close_rows} (statement), {@code setting} (name), {@code set} (name, value), {@code primary_keys} (schema, table)
 */
public record DriverCall(String connection, String method, List<@Nullable String> arguments) {
    private static final List<CatalogResults.Column> NOTICES =
            List.of(new CatalogResults.Column("SQLSTATE", false), new CatalogResults.Column("MESSAGE", false));
    private static final List<CatalogResults.Column> VALUE = List.of(new CatalogResults.Column("VALUE", false));

    Service.Response run(SessionTable sessions, Client client) {
        RemoteSession session = sessions.find(connection, client);
        return session.locked(() -> run(session));
    }

    private Service.Response run(RemoteSession session) {
        return switch (method) {
            case "notices" -> CatalogRows.response(session, NOTICES, notices(session));
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
                        session,
                        CatalogResults.PRIMARY_KEYS,
                        new CatalogResults(
                                        session.session().catalog(),
                                        session.session().database())
                                .primaryKeys(argument(0), text(1)));
            default ->
                throw KadeException.of(
                        ErrorCode.PROTOCOL_VIOLATION, "the server knows no call \"" + method + "\": is it older?");
        };
    }

    private static List<@Nullable Object[]> notices(RemoteSession session) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Notice notice : session.session().takeNotices()) {
            rows.add(new @Nullable Object[] {notice.sqlState(), notice.message()});
        }
        return rows;
    }

    private static Service.Response value(RemoteSession session, String value) {
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
