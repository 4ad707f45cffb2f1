package io.bulwark.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A house as its founding file lists it, so that file and recordings are tested together. */
public final class DemoHouse {
    /** The demonstration's founding file. */
    public static final Path FILE = Path.of("../api/src/main/resources/demo/house.json");

    private DemoHouse() {}

    /** What it lists. */
    public static Listing listing(Path founding) {
        JsonNode house = file(founding);
        return new Listing(
                each(house.get("venues"), DemoHouse::venue),
                each(
                        house.get("groups"),
                        g -> new RiskGroup(
                                g.get("number").intValue(), g.get("name").asText())),
                each(house.get("assets"), DemoHouse::asset),
                each(house.get("instruments"), DemoHouse::instrument));
    }

    /** Every venue account of its clearing accounts. */
    public static List<VenueAccount> venueAccounts(Path founding) {
        List<VenueAccount> accounts = new ArrayList<>();
        file(founding)
                .get("accounts")
                .forEach(account -> accounts.addAll(each(
                        account.get("venueAccounts"),
                        a -> new VenueAccount(
                                a.get("venue").intValue(), a.get("address").asText()))));
        return accounts;
    }

    private static JsonNode file(Path founding) {
        try {
            return JsonText.tree("house", "file", Files.readAllBytes(founding));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ListedVenue venue(JsonNode node) {
        return new ListedVenue(
                node.get("number").intValue(),
                node.get("name").asText(),
                node.get("chain").asText(),
                node.get("ageMillisMax").longValue(),
                EvidenceGrade.valueOf(node.get("leastGrade").asText()));
    }

    private static ListedAsset asset(JsonNode node) {
        String underlying = node.get("form").get("asset").asText();
        boolean claim = node.get("form").get("kind").asText().equals("lendingClaim");
        return new ListedAsset(
                node.get("number").intValue(),
                node.get("name").asText(),
                node.get("group").intValue(),
                claim ? new Instrument.LendingClaim(underlying) : new Instrument.Spot(underlying),
                Amount.of(node.get("lot").asText()),
                AssetTier.valueOf(node.get("tier").asText()),
                node.get("haircutPpm").longValue(),
                node.get("residualPpm").longValue(),
                EvidenceGrade.valueOf(node.get("grade").asText()));
    }

    private static ListedInstrument instrument(JsonNode node) {
        return new ListedInstrument(
                node.get("number").intValue(),
                node.get("name").asText(),
                node.get("venue").intValue(),
                node.get("symbol").asText(),
                node.get("group").intValue(),
                contract(node.get("contract")),
                Amount.of(node.get("lot").asText()));
    }

    private static Instrument contract(JsonNode node) {
        String underlying = node.get("underlying").asText();
        String settlement = node.get("settlement").asText();
        return node.get("kind").asText().equals("perpetual")
                ? new Instrument.Perpetual(
                        underlying, settlement, node.get("inverse").booleanValue())
                : new Instrument.Option(
                        underlying,
                        settlement,
                        OptionRight.valueOf(node.get("right").asText()),
                        Amount.of(node.get("strike").asText()),
                        node.get("expiryMillis").longValue());
    }

    private static <T> List<T> each(JsonNode array, Function<JsonNode, T> element) {
        List<T> result = new ArrayList<>();
        array.forEach(node -> result.add(element.apply(node)));
        return result;
    }
}
