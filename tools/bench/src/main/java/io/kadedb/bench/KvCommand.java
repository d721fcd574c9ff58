package io.kadedb.bench;

import io.kadedb.bench.kv.H2Store;
import io.kadedb.bench.kv.KadeKeySpace;
import io.kadedb.bench.kv.KvContestant;
import io.kadedb.bench.kv.KvOperation;
import io.kadedb.bench.kv.KvStore;
import io.kadedb.bench.kv.SqliteStore;
import io.kadedb.bench.measure.Duel;
import io.kadedb.bench.measure.Host;
import io.kadedb.bench.measure.Outcome;
import io.kadedb.bench.measure.SuiteReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kadedb bench kv}: the key space beneath everything, and stores of keys that promise the same. */
@Command(
        name = "kv",
        description = "Reads and writes keys of the key space, and of H2's MVStore and SQLite.",
        mixinStandardHelpOptions = true)
final class KvCommand implements Callable<Integer> {
    @Option(
            names = "--peers",
            split = ",",
            defaultValue = "h2,sqlite",
            description = "What to compare with. Default: h2,sqlite.")
    private List<Peer> peers;

    @Option(
            names = "--stores",
            split = ",",
            defaultValue = "memory,synced",
            description = "In memory, or in files that are synced at every commit. Default: memory,synced.")
    private List<Place> places;

    @Option(
            names = "--rows",
            split = ",",
            converter = RowConverter.class,
            description = "What to measure: get, put, batch, range, mixed. Default: all of it.")
    private List<KvOperation> rows = List.of(KvOperation.values());

    @Option(names = "--pairs", defaultValue = "100000", description = "Keys that there are. Default: 100000.")
    private int pairs;

    @Option(names = "--operations", defaultValue = "4000", description = "Of a round. Default: 4000.")
    private int operations;

    @Option(names = "--clients", split = ",", defaultValue = "1,8", description = "Threads. Default: 1,8.")
    private List<Integer> clients;

    @Mixin
    private RoundOptions rounds;

    @Spec
    private CommandSpec spec;

    /** Operations in lower case. */
    private static final class RowConverter extends RowNames<KvOperation> {
        RowConverter() {
            super(KvOperation.values(), KvOperation::title);
        }
    }

    /** Stores this command can compare with. */
    enum Peer {
        h2,
        sqlite
    }

    /** What a commit promises. */
    enum Place {
        memory,
        synced
    }

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    KvCommand() {}

    @Override
    public Integer call() throws IOException {
        return Folders.runInTemporary(spec, this::run);
    }

    private boolean run(Path folder, PrintWriter out) throws IOException, SQLException {
        out.println("host: " + Host.describe());
        out.println(
                pairs + " pairs of 16 and 100 bytes, " + operations + " transactions a round, milliseconds of a round; "
                        + rounds.warmUps() + " warm-ups, " + rounds.runs() + " alternating rounds, medians");
        List<Outcome> outcomes = new ArrayList<>();
        for (Place place : places) {
            for (Peer peer : peers) {
                Path files = Files.createDirectories(folder.resolve(place + "-" + peer));
                try (KvStore ours = ours(place, files);
                        KvStore theirs = theirs(peer, place, files)) {
                    outcomes.addAll(compare(out, place, ours, theirs));
                }
            }
        }
        SuiteReport report = new SuiteReport(
                "kv",
                String.valueOf(pairs),
                String.join(",", clients.stream().map(String::valueOf).toList()),
                String.join(", ", peers.stream().map(Peer::name).toList()),
                Host.describe(),
                outcomes);
        out.println(report.summary());
        out.flush();
        if (rounds.json().isPresent()) {
            report.writeJson(rounds.json().get());
        }
        return report.isRight();
    }

    private static KvStore ours(Place place, Path files) {
        return place == Place.memory ? KadeKeySpace.inMemory() : KadeKeySpace.synced(files.resolve("kadedb"));
    }

    private static KvStore theirs(Peer peer, Place place, Path files) throws SQLException {
        return switch (peer) {
            case h2 -> place == Place.memory ? H2Store.inMemory() : H2Store.synced(files.resolve("h2.mv.db"));
            case sqlite ->
                place == Place.memory ? SqliteStore.inMemory() : SqliteStore.synced(files.resolve("sqlite.db"));
        };
    }

    private List<Outcome> compare(PrintWriter out, Place place, KvStore ours, KvStore theirs) throws SQLException {
        KvContestant.load(ours, pairs);
        KvContestant.load(theirs, pairs);
        out.println(ours.name() + ": " + ours.durability());
        out.println(theirs.name() + ": " + theirs.durability());
        out.println(SuiteReport.header());
        Duel duel = new Duel(theirs.name(), rounds.warmUps(), rounds.runs());
        List<Outcome> outcomes = new ArrayList<>();
        for (KvOperation operation : rows) {
            for (int count : clients) {
                String name = operation.title() + " " + place + (count == 1 ? "" : " x" + count);
                try (KvContestant our = new KvContestant(ours, operation, count, pairs, operations);
                        KvContestant their = new KvContestant(theirs, operation, count, pairs, operations)) {
                    Outcome outcome = duel.run(name, our, their);
                    outcomes.add(outcome);
                    out.println(SuiteReport.row(outcome));
                    out.flush();
                }
            }
        }
        return outcomes;
    }
}
