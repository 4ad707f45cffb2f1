package io.bulwark.house;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.embedded.EmbeddedKafka;
import io.bulwark.clearing.embedded.EmbeddedPostgres;
import io.bulwark.clearing.embedded.EmbeddedPostgresConfiguration;
import io.bulwark.clearing.event.Topics.Brokers;
import io.bulwark.house.founding.Home;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a house in this process: PostgreSQL always, the broker where the house takes in snapshots. A reader joins the
 * PostgreSQL that another process of the same home runs, and leaves it running.
 */
final class HouseServers implements AutoCloseable {
    private final Database.Configuration database;
    private final EmbeddedPostgres postgres;
    private final @Nullable EmbeddedKafka kafka;

    private HouseServers(Database.Configuration database, EmbeddedPostgres postgres, @Nullable EmbeddedKafka kafka) {
        this.database = database;
        this.postgres = postgres;
        this.kafka = kafka;
    }

    /** Starts both servers. */
    static HouseServers start(Home home) {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgresConfiguration.in(home.postgres()));
        try {
            EmbeddedKafka kafka = EmbeddedKafka.start(home.kafka());
            return new HouseServers(configuration(postgres), postgres, kafka);
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    /** Starts PostgreSQL, or joins the one that another process of the home runs; no broker. */
    static HouseServers forReading(Home home) {
        EmbeddedPostgres postgres = EmbeddedPostgres.startOrJoin(EmbeddedPostgresConfiguration.in(home.postgres()));
        return new HouseServers(configuration(postgres), postgres, null);
    }

    private static Database.Configuration configuration(EmbeddedPostgres postgres) {
        return Database.Configuration.at(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    Database.Configuration database() {
        return database;
    }

    /** The broker; a reader has none. */
    Optional<Brokers> brokers() {
        return Optional.ofNullable(kafka)
                .map(broker -> new Brokers(broker.bootstrapServers(), broker.user(), broker.password()));
    }

    /** The broker first, then the truth. */
    @Override
    public void close() {
        try {
            if (kafka != null) {
                kafka.close();
            }
        } finally {
            postgres.close();
        }
    }
}
