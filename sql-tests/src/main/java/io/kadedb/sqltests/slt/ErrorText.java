package io.kadedb.sqltests.slt;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an error says to its reader, in the same form whoever it comes from: the message, then a DETAIL if there is one. */
final class ErrorText {
    private static final String OWN_DETAIL = "  detail: ";

    private static final String OWN_HINT = "  hint: ";

    private ErrorText() {}

    static List<String> of(SQLException error) {
        ServerErrorMessage server = error instanceof PSQLException known ? known.getServerErrorMessage() : null;
        List<String> lines = new ArrayList<>();
        if (server != null) {
            lines.add(String.valueOf(server.getMessage()));
            if (server.getDetail() != null) {
                lines.addAll(("DETAIL: " + server.getDetail()).lines().toList());
            }
            return lines;
        }
        String message = String.valueOf(error.getMessage());
        lines.add(message.lines().findFirst().orElse(""));
        message.lines()
                .dropWhile(line -> !line.startsWith(OWN_DETAIL))
                .takeWhile(line -> !line.startsWith(OWN_HINT))
                .forEach(line -> lines.add(
                        line.startsWith(OWN_DETAIL) ? "DETAIL: " + line.substring(OWN_DETAIL.length()) : line));
        return lines;
    }
}
