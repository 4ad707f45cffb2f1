package io.bulwark.house;

import io.bulwark.clearing.database.Database.Configuration;
import io.bulwark.clearing.database.Database.Configuration.Role;
import io.bulwark.clearing.embedded.EmbeddedKafka;
import io.bulwark.clearing.embedded.EmbeddedPostgres;
import io.bulwark.clearing.embedded.EmbeddedPostgresConfiguration;
import io.bulwark.clearing.event.Topics.Brokers;
import io.bulwark.house.founding.Home;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a house: those that its {@link ExternalServers} name, else PostgreSQL in a child process and, where the house takes in
 * snapshots, the broker in this process. A reader joins the PostgreSQL that another process of the same home runs, and leaves it running.
 *
 * @param database how PostgreSQL is reached
 * @param brokers how Kafka is reached; a reader has none
 * @param postgres ours to stop, or joined
 * @param kafka ours to stop
 */
record HouseServers(
        Configuration database,
        Optional<Brokers> brokers,
        @Nullable EmbeddedPostgres postgres,
        @Nullable EmbeddedKafka kafka)
        implements AutoCloseable {

    /** Starts what is not external. */
    static HouseServers start(Home home) {
        ExternalServers external = ExternalServers.of(home, System.getenv());
        EmbeddedPostgres postgres = external.database().isPresent()
                ? null
                : EmbeddedPostgres.start(EmbeddedPostgresConfiguration.in(home.postgres()));
        Configuration database = external.database().orElseGet(() -> of(postgres));
        try {
            if (external.brokers().isPresent()) {
                return new HouseServers(database, external.brokers(), postgres, null);
            }
            EmbeddedKafka kafka = EmbeddedKafka.start(home.kafka());
            Brokers brokers = new Brokers(kafka.bootstrapServers(), kafka.user(), kafka.password());
            return new HouseServers(database, Optional.of(brokers), postgres, kafka);
        } catch (RuntimeException e) {
            if (postgres != null) {
                postgres.close();
            }
            throw e;
        }
    }

    /** PostgreSQL alone: the external one, or ours, started or joined; no broker. */
    static HouseServers forReading(Home home) {
        Optional<Configuration> external =
                ExternalServers.of(home, System.getenv()).database();
        if (external.isPresent()) {
            return new HouseServers(external.get(), Optional.empty(), null, null);
        }
        EmbeddedPostgres postgres = EmbeddedPostgres.startOrJoin(EmbeddedPostgresConfiguration.in(home.postgres()));
        return new HouseServers(of(postgres), Optional.empty(), postgres, null);
    }

    private static Configuration of(@Nullable EmbeddedPostgres postgres) {
        if (postgres == null) {
            throw new IllegalStateException("a house has a PostgreSQL, external or embedded");
        }
        return new Configuration(
                postgres.jdbcUrl(),
                new Role(postgres.application(), postgres.applicationPassword()),
                Optional.of(new Role(postgres.user(), postgres.password())),
                Map.of(),
                Configuration.CONNECTIONS);
    }

    /** Ours: the broker first, then the truth. */
    @Override
    public void close() {
        try {
            if (kafka != null) {
                kafka.close();
            }
        } finally {
            if (postgres != null) {
                postgres.close();
            }
        }
    }
}
