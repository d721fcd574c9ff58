package io.kadedb.cli;

import io.kadedb.server.jdbc.KadeDriver;
import picocli.CommandLine.IVersionProvider;

/** What {@code kadedb --version} says. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "KadeDB " + new KadeDriver().getDriverVersion().productVersion,
            "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
        };
    }
}
