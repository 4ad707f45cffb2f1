package io.bulwark.journey;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.Database.Configuration;
import io.bulwark.house.founding.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Whoever owns the tables of an open house's embedded PostgreSQL: the superuser, by what lies in the home. */
public final class TablesOwner {
    private static final int PORT_LINE = 3;

    private TablesOwner() {}

    /** The books as their owner opens them. */
    public static Database of(Home home) throws IOException {
        List<String> running = Files.readAllLines(home.postgres().resolve("data/postmaster.pid"));
        return Database.open(Configuration.at(
                "jdbc:postgresql://127.0.0.1:" + running.get(PORT_LINE).strip() + "/postgres",
                "postgres",
                Files.readString(home.postgres().resolve("password")).strip()));
    }
}
