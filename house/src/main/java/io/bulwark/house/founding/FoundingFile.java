package io.bulwark.house.founding;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.ConnectedVenue;
import io.bulwark.adapter.Venues;
import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.clearing.governance.GovernedNumbers;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.payment.PaymentPlace;
import io.bulwark.insurance.vault.VaultAct;
import io.bulwark.netting.forecast.SealedForecast;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A house as its founders write it down, in JSON: what is listed, who has an account, and which governed numbers differ from
 * their initial values. Amounts are decimal text; unknown fields are refused.
 *
 * @param network names the network that the house is founded on; part of its identity
 * @param venues the listed venues
 * @param connections how each venue is understood
 * @param groups the risk groups
 * @param assets the assets
 * @param instruments the instruments
 * @param accounts the accounts opened at founding
 * @param parameters values of governed numbers by name
 * @param history where the daily prices of groups are; a file without it has none
 * @param forecasts learned volatilities of groups with prices; a file without it has none
 * @param ceremonies SHA-256, in hexadecimal, of the transcripts of the ceremonies that made the house's proving keys: it proves with no
 *     others. Only where {@code keys} says that they come from ceremonies
 * @param payments where money of the fund is, and how it is shown there; a file without it has operators' words alone
 * @param keys where the proving keys must come from, part of the house's identity; a file without it founds a test house, which makes its own
 */
public record FoundingFile(
        String network,
        List<ListedVenue> venues,
        List<ConnectedVenue<?>> connections,
        List<RiskGroup> groups,
        List<ListedAsset> assets,
        List<ListedInstrument> instruments,
        List<ClearingAccount> accounts,
        Map<String, Long> parameters,
        List<HistoryReference> history,
        List<LearnedFile> forecasts,
        List<String> ceremonies,
        List<PaymentPlace> payments,
        KeyRule keys) {
    /** Longest file, bytes. */
    public static final long BYTES_MAX = 16L << 20;

    private static final String EXCHANGE = "venue:";
    private static final String HISTORY = "history";
    private static final String FORECASTS = "forecasts";
    private static final String CEREMONIES = "ceremonies";
    private static final String PAYMENTS = "payments";
    private static final String KEYS = "keys";
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /** Copies the lists. */
    public FoundingFile {
        venues = List.copyOf(venues);
        connections = List.copyOf(connections);
        groups = List.copyOf(groups);
        assets = List.copyOf(assets);
        instruments = List.copyOf(instruments);
        accounts = List.copyOf(accounts);
        parameters = Map.copyOf(parameters);
        history = List.copyOf(history);
        forecasts = List.copyOf(forecasts);
        ceremonies = List.copyOf(ceremonies);
        payments = List.copyOf(payments);
        ceremonies.forEach(Digest::parse);
        if (keys instanceof KeyRule.Test && !ceremonies.isEmpty()) {
            throw new IllegalArgumentException(
                    "keys must be {\"origin\": \"ceremony\", \"signed\": 3} or more where ceremonies are named; have origin test");
        }
        requireForecastsOnce(forecasts, history);
        requirePlacesOnce(payments);
    }

    private static void requirePlacesOnce(List<PaymentPlace> payments) {
        Set<String> seen = new HashSet<>();
        payments.forEach(place -> {
            if (!seen.add(place.place())) {
                throw new IllegalArgumentException(
                        "payments must name a place once; " + place.place() + " stands twice");
            }
        });
    }

    /**
     * Reads a founding file that connects venues of the class path.
     *
     * @param json its bytes
     * @throws BadInput naming field, value and rule
     */
    public static FoundingFile read(byte[] json) {
        return read(json, Venues.ofClassPath());
    }

    /**
     * Reads a founding file.
     *
     * @param json its bytes
     * @param venues the kinds that it may connect
     * @throws BadInput naming field, value and rule
     */
    public static FoundingFile read(byte[] json, Venues venues) {
        try {
            JsonNode tree = FoundingJson.MAPPER.readTree(json);
            if (tree instanceof ObjectNode document) {
                Stream.of(HISTORY, FORECASTS, CEREMONIES, PAYMENTS)
                        .filter(field -> !document.has(field))
                        .forEach(document::putArray);
                if (!document.has(KEYS)) {
                    document.putObject(KEYS).put(FoundingJson.ORIGIN, "test");
                }
            }
            FoundingFile file = FoundingJson.MAPPER
                    .readerFor(FoundingFile.class)
                    .withAttribute(Venues.class, venues)
                    .readValue(tree);
            file.listing();
            requireOneMode(file.venues());
            return file;
        } catch (ValueInstantiationException e) {
            throw new BadInput(
                    path(e),
                    "",
                    String.valueOf(
                            e.getCause() == null
                                    ? e.getOriginalMessage()
                                    : e.getCause().getMessage()));
        } catch (JsonMappingException e) {
            throw e.getCause() instanceof BadInput refusal
                    ? new BadInput(path(e), refusal.value(), refusal.rule())
                    : new BadInput(path(e), "", FoundingJson.rule(e));
        } catch (JacksonException e) {
            throw new BadInput("founding file", "", "must be JSON: " + BadInput.withoutFinds(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        } catch (IllegalArgumentException e) {
            throw new BadInput("founding file", "", String.valueOf(e.getMessage()));
        }
    }

    /**
     * SHA-256 of the strangers' jars that a founding file names, before anything of them is loaded; whether it is a founding file, {@link
     * #read} says.
     */
    public static Set<Digest> jars(byte[] json) {
        try {
            Set<Digest> named = new HashSet<>();
            for (JsonNode connection : FoundingJson.MAPPER.readTree(json).path("connections")) {
                String jar = connection.path("jar").asText();
                if (SHA_256.matcher(jar).matches()) {
                    named.add(Digest.parse(jar));
                }
            }
            return named;
        } catch (JacksonException e) {
            throw new BadInput("founding file", "", "must be JSON: " + BadInput.withoutFinds(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /** What is listed, checked for order and names. */
    public Listing listing() {
        return new Listing(venues, groups, assets, instruments);
    }

    /**
     * Checks that no member bears the name under which the house's own capital stands in the fund. Checked where a house is founded.
     *
     * @throws BadInput naming the account
     */
    public void requireMembersOfOthers() {
        accounts.stream()
                .filter(account -> account.member().equals(VaultAct.HOUSE))
                .findFirst()
                .ifPresent(account -> {
                    throw new BadInput(
                            "accounts.member",
                            account.member(),
                            "must be another name: the house's own capital stands in the fund under it; account "
                                    + account.number() + " has it");
                });
    }

    /**
     * Checks that every governed number of the file is declared by a room, and inside its bounds. Checked where a house is founded;
     * what was sealed before is read as it is.
     *
     * @throws BadInput naming the first that is not
     */
    public void requireDeclared(GovernedNumbers declared) {
        Set<String> listed = Stream.of(
                        venues.stream().map(ListedVenue::name),
                        groups.stream().map(RiskGroup::name),
                        assets.stream().map(ListedAsset::name),
                        accounts.stream().map(account -> "account-" + account.number()))
                .flatMap(names -> names)
                .collect(Collectors.toSet());
        new TreeMap<>(parameters).forEach((name, value) -> {
            Parameter parameter = declared.find(name, listed::contains)
                    .orElseThrow(() -> new BadInput(
                            "parameters." + name,
                            String.valueOf(value),
                            "must be a governed number; no room declares it"));
            try {
                parameter.checked(value);
            } catch (IllegalArgumentException e) {
                throw new BadInput("parameters." + name, String.valueOf(value), String.valueOf(e.getMessage()));
            }
        });
    }

    /** An exchange has one account whoever reads it: two connections to it cannot both be right about what stands behind it. */
    private static void requireOneMode(List<ListedVenue> venues) {
        for (ListedVenue venue : venues) {
            venues.stream()
                    .filter(other -> venue.chain().startsWith(EXCHANGE)
                            && other.chain().equals(venue.chain())
                            && other.mode() != venue.mode())
                    .findFirst()
                    .ifPresent(other -> {
                        throw new IllegalArgumentException("mode must be the same wherever " + venue.chain()
                                + " is connected; have " + venue.mode().label() + " of " + venue.name() + " and "
                                + other.mode().label() + " of " + other.name());
                    });
        }
    }

    private static void requireForecastsOnce(List<LearnedFile> forecasts, List<HistoryReference> history) {
        Set<String> priced = history.stream().map(HistoryReference::group).collect(Collectors.toSet());
        for (LearnedFile forecast : forecasts) {
            if (!priced.remove(forecast.group())) {
                throw new IllegalArgumentException(
                        "forecasts must be of groups with a history, each once; have " + forecast.group());
            }
        }
    }

    /** Learned volatilities by group. */
    public SortedMap<String, SealedForecast> sealedForecasts() {
        SortedMap<String, SealedForecast> sealed = new TreeMap<>();
        forecasts.forEach(forecast -> sealed.put(forecast.group(), forecast.sealed()));
        return sealed;
    }

    /** The ceremonies whose keys the house proves with. */
    public List<Digest> transcripts() {
        return ceremonies.stream().map(Digest::parse).toList();
    }

    /** How people call an account; its number in words if the file does not name it. */
    public String nameOf(int account) {
        return accounts.stream()
                .filter(a -> a.number() == account)
                .map(ClearingAccount::name)
                .findFirst()
                .orElse("account " + account);
    }

    /** The governed numbers: initial values but for those that the file names. */
    public ParameterSet parameterSet() {
        return new ParameterSet(1, new TreeMap<>(parameters));
    }

    private static String path(JsonMappingException refusal) {
        return refusal.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."));
    }
}
