package io.kadedb.sqltests.crash;

import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;

/** Rows are folded into segments and what is stored is verified, while others work and afterwards. */
final class Upkeep implements Workload {
    @Override
    public List<String> schema() {
        return List.of();
    }

    @Override
    public int clients() {
        return 1;
    }

    @Override
    public void step(int number, Client client, SplittableRandom random) throws SQLException {
        if (random.nextInt(3) == 0) {
            sound(client, "check table items");
        } else {
            client.run("checkpoint");
        }
    }

    private static void sound(Client client, String sql) throws SQLException {
        List<String> damages =
                client.rows(sql).stream().filter(row -> !row.endsWith("|null")).toList();
        if (!damages.isEmpty()) {
            throw new Violation(sql + " finds " + damages);
        }
    }

    @Override
    public void check(Client client) throws SQLException {
        sound(client, "check database");
    }
}
