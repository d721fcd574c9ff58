package io.kadedb.sqltests.slt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the records of a file in order on one target, and hands what each gave to a {@link Check}. */
final class SltRunner implements AutoCloseable {
    private final Target target;
    private final Path folder;
    private final Map<String, Connection> connections = new HashMap<>();
    private Connection current;

    /**
     * Connects.
     *
     * @param folder where the file's own files go
     */
    SltRunner(Target target, Path folder) throws SQLException {
        this.target = target;
        this.folder = folder;
        this.current = target.connect();
        connections.put(SltFile.DEFAULT_CONNECTION, current);
    }

    /** What became of a record. */
    sealed interface Result {
        /** The rows of a query, sorted if the record says so. */
        record Rows(List<String> rows) implements Result {}

        /** A statement succeeded; -1 if it does not count rows. */
        record Done(long count) implements Result {}

        record Failed(SQLException error) implements Result {}
    }

    /** Receives the results in the order of the file. */
    interface Check {
        void accept(SltRecord record, Result result);
    }

    void run(SltFile file, Check check) throws SQLException, IOException {
        for (SltRecord record : file.records()) {
            if (record.runsOn(target.engine())) {
                run(record, check);
            }
        }
    }

    private void run(SltRecord record, Check check) throws SQLException, IOException {
        switch (record.action()) {
            case SltRecord.Comment comment -> {}
            case SltRecord.Connection connection -> switchTo(connection.name());
            case SltRecord.CreateFile file -> Files.writeString(folder.resolve(file.name()), file.content());
            case SltRecord.Succeeds statement -> check.accept(record, execute(statement.sql()));
            case SltRecord.Changes statement -> check.accept(record, execute(statement.sql()));
            case SltRecord.Fails statement -> check.accept(record, execute(statement.sql()));
            case SltRecord.Query query -> check.accept(record, query(query));
        }
    }

    private void switchTo(String name) throws SQLException {
        Connection known = connections.get(name);
        if (known == null) {
            known = target.connect();
            connections.put(name, known);
        }
        current = known;
    }

    private Result execute(String sql) {
        try (Statement statement = current.createStatement()) {
            if (!statement.execute(inFolder(sql))) {
                return new Result.Done(statement.getLargeUpdateCount());
            }
            // Read to the end: an error may come with the last row.
            try (ResultSet rows = statement.getResultSet()) {
                long count = 0;
                while (rows.next()) {
                    count++;
                }
                return new Result.Done(count);
            }
        } catch (SQLException e) {
            return new Result.Failed(e);
        }
    }

    private Result query(SltRecord.Query query) {
        try (Statement statement = current.createStatement();
                ResultSet result = statement.executeQuery(inFolder(query.sql()))) {
            List<String> rows = new ArrayList<>(CellText.rows(result, query.types()));
            if (query.sorted()) {
                rows.sort(null);
            }
            return new Result.Rows(rows);
        } catch (SQLException e) {
            return new Result.Failed(e);
        }
    }

    private String inFolder(String sql) {
        return sql.replace("${dir}", folder.toString());
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections.values()) {
            connection.close();
        }
    }
}
