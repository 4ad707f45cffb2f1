package io.bulwark.api.account;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.house.epoch.EpochMarket;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.survey.Meanings;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.Aggregation;
import io.bulwark.netting.portfolio.ConversionBasis;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.TableInputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A house's accounts as its recorded venues say them, without books.
 *
 * @param founding its founding file
 * @param plain the table as the listing has its entries
 * @param table margin is computed over
 * @param market that it was built from
 * @param said every snapshot
 */
public record RecordedAccounts(
        FoundingFile founding, RiskTable plain, RiskTable table, EpochMarket market, List<VenueSnapshot> said) {
    private static final Path HOUSE = Path.of("src/main/resources/demo/house.json");

    /** Their names. */
    public static final List<String> NAMES =
            List.of("ATLAS", "BOREALIS", "CYGNUS", "DRACO", "ERIDANUS", "FORNAX", "GRUS");

    /** Reads the demonstration's recordings. */
    public static RecordedAccounts read(ParameterSet parameters) {
        return read(HOUSE, parameters);
    }

    /** Reads the recordings of a founding file. */
    public static RecordedAccounts read(Path house, ParameterSet parameters) {
        try (RecordedVenues venues = RecordedVenues.bundled()) {
            FoundingFile founding = FoundingFile.read(Files.readAllBytes(house));
            List<VenueAccount> linked = founding.accounts().stream()
                    .flatMap(account -> account.venueAccounts().stream())
                    .toList();
            List<VenueReader> readers = founding.connections().stream()
                    .map(c -> c.open(Endpoint.recorded(
                            venues.endpoint(founding.listing().venue(c.number()).name()))))
                    .toList();
            VenueSurvey survey = VenueSurvey.read(readers, linked, Duration.ofSeconds(30));
            readers.forEach(VenueReader::close);
            Meanings meanings = new Meanings(founding);
            List<VenueSnapshot> said =
                    survey.snapshots().stream().map(meanings::normalise).toList();
            List<PriceReport> reports =
                    said.stream().flatMap(s -> s.reports().stream()).toList();
            Market prices = Market.of(
                    founding.listing(),
                    new PriceBook(
                            reports, survey.newestMillis().orElseThrow(), parameters.value(PriceBook.AGE_MILLIS_MAX)));
            EpochMarket listed = new EpochMarket(founding.listing(), prices, parameters, TableInputs.NONE);
            RiskTable plain = RiskTableBuilder.marginTable(founding.listing(), prices, parameters)
                    .table();
            RecordedAccounts read = new RecordedAccounts(founding, plain, plain, listed, said);
            EpochMarket market = listed.with(founding.accounts().stream()
                    .map(ClearingAccount::name)
                    .map(read::portfolio)
                    .toList());
            return new RecordedAccounts(founding, plain, market.placed(plain), market, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What an account holds. */
    public Portfolio portfolio(String name) {
        ClearingAccount owner = founding.accounts().stream()
                .filter(account -> account.name().equals(name))
                .findFirst()
                .orElseThrow();
        return (Portfolio)
                Aggregation.of(owner, said, List.of(), new ConversionBasis(market.listing(), market.market(), plain));
    }

    /** The same in the table's numbers. */
    public MarginAccount lots(Portfolio portfolio) {
        return market.placed(portfolio);
    }
}
