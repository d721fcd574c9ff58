package io.kadedb.jdbc.common;

import java.sql.SQLException;
import java.sql.Savepoint;

/** A savepoint by the name it has in SQL; JDBC's own, which have numbers, get a name nobody else gives. */
public final class JdbcSavepoint implements Savepoint {
    private final int number;
    private final String name;

    private JdbcSavepoint(int number, String name) {
        this.number = number;
        this.name = name;
    }

    public static JdbcSavepoint numbered(int number) {
        return new JdbcSavepoint(number, "jdbc savepoint " + number);
    }

    public static JdbcSavepoint named(String name) {
        return new JdbcSavepoint(0, name);
    }

    /** A savepoint of this driver; 3B001 for another's. */
    public static JdbcSavepoint of(Savepoint savepoint) throws SQLException {
        if (savepoint instanceof JdbcSavepoint) {
            return (JdbcSavepoint) savepoint;
        }
        throw SqlErrors.of(SqlErrors.INVALID_SAVEPOINT, "the savepoint is another driver's");
    }

    public String quoted() {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public int getSavepointId() throws SQLException {
        if (number == 0) {
            throw SqlErrors.of(SqlErrors.WRONG_OBJECT_TYPE, "a savepoint with a name has no number");
        }
        return number;
    }

    @Override
    public String getSavepointName() throws SQLException {
        if (number != 0) {
            throw SqlErrors.of(SqlErrors.WRONG_OBJECT_TYPE, "a savepoint with a number has no name");
        }
        return name;
    }
}
