package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.recording.NodeScript;
import io.bulwark.api.account.EpochView;
import io.bulwark.api.account.EpochView.Uncredited;
import io.bulwark.api.account.MarginAnswer;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfChain;
import io.bulwark.tier.OfHouse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One deposit that three venues of a chain report in seven places: a supply to the real Aave, a part of it in a vault, a part of the vault's shares collateral on the real
 * Morpho; the vault and Morpho are accounts of the house themselves. It is credited once.
 */
@Drawn(2)
@OfHouse
@OfChain
class ClaimsJourneyTest {
    private static final Path BED = Path.of("../../protocol-adapters/src/test/anvil");
    private static final int USDC = 0;
    private static final int SUPPLIED = 1;
    private static final int SHARE = 2;

    /** Lots are tenths. */
    private static final int LOTS = 10;

    @BeforeAll
    static void requireNode() {
        String missing = NodeScript.missing(BED);
        if (!missing.isEmpty()) {
            System.out.println("skipped: one deposit in four places of a local chain needs " + missing);
        }
        Assumptions.assumeTrue(missing.isEmpty(), missing);
    }

    @Test
    void shouldCreditADepositOnceHoweverManyVenuesReportIt(@TempDir Path home) throws Exception {
        try (NodeScript chain = NodeScript.start(BED, "claims.mjs");
                House house = House.open(new Home(home))) {
            Foundation founded = house.cycle().found(founding(chain.line()).getBytes(StandardCharsets.UTF_8));
            URI node = URI.create(chain.line().get("url").asText());
            house.cycle().intake(survey(house, founded, List.of(node, node, node)), founded.file());
            ComputedEpoch sealed = house.cycle().seal(founded);
            assertEquals(
                    List.of(
                            new Entry(USDC, 5_000 * LOTS),
                            new Entry(SUPPLIED, 40_000 * LOTS),
                            new Entry(SHARE, 60_000 * LOTS)),
                    held(sealed));
            assertEquals(List.of("wallet aUSDC 40000"), uncredited(sealed, 0).toList());
            assertEquals(List.of(), sealed.accounts().get(1).lots().collateral());
            assertEquals(
                    List.of("aave aUSDC 60000", "wallet aUSDC 60000"),
                    uncredited(sealed, 1).sorted().toList());
            assertEquals(List.of(), sealed.accounts().get(2).lots().collateral());
            assertEquals(
                    List.of("wallet USDC 45000", "wallet vaUSDC 25000"),
                    uncredited(sealed, 2).sorted().toList());
            assertTrue(house.archive().replay(sealed.number()).orElseThrow().equal());
        }
    }

    /**
     * Two chains on which the same contracts stand at the same addresses, the wallet's venue on the second: what an address holds there is another claim than what it holds
     * here. On the first, the shares that lie on Morpho still tell whose the vault's supply is.
     */
    @Test
    void shouldTellApartTheSameAddressesOfTwoChains(@TempDir Path home) throws Exception {
        try (NodeScript here = NodeScript.start(BED, "claims.mjs", "31337");
                NodeScript there = NodeScript.start(BED, "claims.mjs", "31338");
                House house = House.open(new Home(home))) {
            assertEquals(here.line().get("supplied"), there.line().get("supplied"));
            String file = founding(here.line())
                    .replace("\"wallet\", \"chain\": \"eip155:31337\"", "\"wallet\", \"chain\": \"eip155:31338\"")
                    .replace("\"venue\": 1, \"chainId\": 31337", "\"venue\": 1, \"chainId\": 31338");
            Foundation founded = house.cycle().found(file.getBytes(StandardCharsets.UTF_8));
            URI first = URI.create(here.line().get("url").asText());
            URI second = URI.create(there.line().get("url").asText());
            house.cycle().intake(survey(house, founded, List.of(first, second, first)), founded.file());
            ComputedEpoch sealed = house.cycle().seal(founded);
            assertEquals(
                    List.of(
                            new Entry(USDC, 5_000 * LOTS),
                            new Entry(SUPPLIED, 80_000 * LOTS),
                            new Entry(SHARE, 60_000 * LOTS)),
                    held(sealed));
            assertEquals(List.of(), uncredited(sealed, 0).toList());
            assertEquals(
                    List.of("aave aUSDC 60000", "wallet aUSDC 60000"),
                    uncredited(sealed, 1).sorted().toList());
        }
    }

    /** What the first account holds, wherever it stands. */
    private static List<Entry> held(ComputedEpoch sealed) {
        TreeMap<Integer, Long> lots = new TreeMap<>();
        sealed.accounts()
                .getFirst()
                .lots()
                .collateral()
                .forEach(entry -> lots.merge(Place.listed(entry.number()), entry.lots(), Math::addExact));
        return lots.entrySet().stream()
                .map(e -> new Entry(e.getKey(), e.getValue()))
                .toList();
    }

    private static Stream<String> uncredited(ComputedEpoch sealed, int account) {
        AccountLine line = sealed.accounts().get(account);
        MarginAnswer answer = MarginAnswer.of(line, sealed).orElseThrow();
        assertEquals(
                answer.uncredited(),
                MarginAnswer.of(line.lots(), EpochView.of(sealed).about(account))
                        .uncredited(),
                "the command line asks so");
        return answer.uncredited().stream()
                .peek(held -> assertTrue(held.why().startsWith("credited elsewhere"), held.why()))
                .map(ClaimsJourneyTest::text);
    }

    private static String text(Uncredited held) {
        return held.venue() + " " + held.asset() + " " + held.quantity();
    }

    private static VenueSurvey survey(House house, Foundation founded, List<URI> nodes) throws InterruptedException {
        List<VenueReader> readers = founded.file().connections().stream()
                .map(c -> c.open(Endpoint.recorded(nodes.get(c.number()))))
                .toList();
        try {
            VenueSurvey survey = house.cycle().survey(readers);
            assertEquals(List.of(), survey.unread());
            return survey;
        } finally {
            readers.forEach(VenueReader::close);
        }
    }

    private static String founding(JsonNode chain) {
        String file = """
                {"network": "one-deposit",
                 "venues": [
                  {"number": 0, "name": "aave", "chain": "eip155:31337", "ageMillisMax": 900000, "leastGrade": "UNSIGNED"},
                  {"number": 1, "name": "wallet", "chain": "eip155:31337", "ageMillisMax": 900000, "leastGrade": "UNSIGNED"},
                  {"number": 2, "name": "morpho", "chain": "eip155:31337", "ageMillisMax": 900000, "leastGrade": "UNSIGNED"}],
                 "connections": [
                  {"kind": "aave", "venue": 0, "chainId": 31337, "pool": "<pool>", "oracle": "<oracle>", "proofs": true,
                   "reserves": {"<usdc>": "USDC"}},
                  {"kind": "wallet", "venue": 1, "chainId": 31337, "proofs": false,
                   "tokens": {
                    "<usdc>": {"asset": "USDC", "decimals": 6, "balanceSlot": 0},
                    "<supplied>": {"asset": "aUSDC", "decimals": 6, "balanceSlot": 0},
                    "<vault>": {"asset": "vaUSDC", "decimals": 12, "balanceSlot": 0}},
                   "contents": {"<vault>": {"underlying": "aUSDC", "decimals": 6, "view": "VAULT"}}},
                  {"kind": "morpho", "venue": 2, "chainId": 31337, "morpho": "<morpho>", "proofs": true,
                   "markets": {"<id>": {"loan": "USDC", "loanDecimals": 6, "collateral": "vaUSDC", "collateralDecimals": 12}}}],
                 "groups": [{"number": 0, "name": "USD"}],
                 "assets": [
                  {"number": 0, "name": "USDC", "group": 0, "form": {"kind": "spot", "asset": "USDC"}, "lot": "0.1",
                   "tier": "STABLE", "haircutPpm": 30000, "residualPpm": 10000, "grade": "UNSIGNED"},
                  {"number": 1, "name": "aUSDC", "group": 0, "form": {"kind": "lendingClaim", "asset": "USDC"}, "lot": "0.1",
                   "tier": "STABLE", "haircutPpm": 30000, "residualPpm": 10000, "grade": "UNSIGNED"},
                  {"number": 2, "name": "vaUSDC", "group": 0, "form": {"kind": "vaultShare", "asset": "aUSDC"}, "lot": "0.1",
                   "tier": "STABLE", "haircutPpm": 50000, "residualPpm": 10000, "grade": "UNSIGNED"}],
                 "instruments": [],
                 "accounts": [
                  {"number": 0, "name": "OWNER", "member": "OWNER", "venueAccounts": [
                   {"venue": 0, "address": "<owner>"}, {"venue": 1, "address": "<owner>"}, {"venue": 2, "address": "<owner>"}]},
                  {"number": 1, "name": "VAULT", "member": "OPERATOR", "venueAccounts": [
                   {"venue": 0, "address": "<vault>"}, {"venue": 1, "address": "<vault>"}]},
                  {"number": 2, "name": "LENDING", "member": "OPERATOR", "venueAccounts": [
                   {"venue": 1, "address": "<morpho>"}]}],
                 "parameters": {}}
                """;
        for (Map.Entry<String, JsonNode> named : chain.properties()) {
            file = file.replace("<" + named.getKey() + ">", named.getValue().asText());
        }
        return file;
    }
}
