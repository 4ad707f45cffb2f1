package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esaulpaugh.headlong.abi.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.evm.EvmNode.Question;
import io.bulwark.adapter.recording.NodeScript;
import io.bulwark.api.http.HttpFrontDoor;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.payment.PaymentReceipt;
import io.bulwark.clearing.payment.PaymentReceipt.Grade;
import io.bulwark.clearing.payment.PaymentReceipt.Statement;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.insurance.margincall.CallRecord.MarginCall;
import io.bulwark.insurance.margincall.CallRecord.MarginCall.Stage;
import io.bulwark.insurance.vault.VaultAct;
import io.bulwark.insurance.vault.VaultBook;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfChain;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The day on which a member fails, on real contracts: its price falls, it is called, its clock runs out, the house's orders close its
 * position, it owes the venue more than it has, its default is declared, the vault's shares lose what the waterfall says, the venue is
 * paid, and the member is out. Everything by the verbs that its people have; to the unit on chain and in the ledger.
 */
@Drawn(0)
@OfChain
@Sized
class DefaultDayJourneyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path BED = Path.of("../../protocol-adapters/src/test/anvil");
    private static final Path CONTRACTS = Path.of("../../zk-prover/contracts");
    private static final String SECRET = "11".repeat(32);
    private static final String VEGA = "VEGA";

    /** At every so-many-th request a verb dies with every commit; by night at each. */
    private static final int STEPS = 5;

    /** Units of the coin in one u. */
    private static final long COIN = 100;

    /** Units of the coin in one lot. */
    private static final long LOT = 10_000;

    private static final Function APPROVE = Function.parse("approve(address,uint256)");
    private static final Function DEPOSIT = Function.parse("deposit(uint256,address)");
    private static final Function SIZE = Function.parse("getTotalPositionSize(address,address)", "(int256)");
    private static final Function VALUE = Function.parse("getAccountValue(address)", "(int256)");
    private static final Function SUPPLY = Function.parse("totalSupply()", "(uint256)");
    private static final Function BALANCE = Function.parse("balanceOf(address)", "(uint256)");

    @TempDir
    private Path home;

    @TempDir
    private Path files;

    private Path key;

    private int deaths;

    private URI endpoint = URI.create("http://127.0.0.1");

    /** The chain, and the house over it. */
    private record Day(NodeScript script, EvmNode node, House house, JsonNode contracts) {
        BigInteger balance(String token, String owner) throws Exception {
            return node.newest(EvmCall.of(token, BALANCE, owner)).get(0);
        }

        void send(String from, String to, Function function, Object... values) throws Exception {
            EvmCall call = EvmCall.ofValues(to, function, values);
            node.ask(List.of(new Question(
                    "eth_sendTransaction",
                    "[{\"from\":\"" + from + "\",\"to\":\"" + to + "\",\"data\":\"" + call.data()
                            + "\",\"gas\":\"0x1c9c380\"}]")));
        }

        String usdc() {
            return contracts.get("usdc").textValue();
        }

        String member(String name) {
            return contracts.at("/members/" + name + "/address").textValue();
        }
    }

    @Test
    void shouldGoFromAFallingPriceToAMemberWhoIsOut() throws Exception {
        for (Path place : List.of(BED, BED.resolve("perp"), CONTRACTS)) {
            String missing = NodeScript.missing(place);
            if (!missing.isEmpty()) {
                System.out.println("skipped: the day of a default on a local chain needs " + missing);
            }
            Assumptions.assumeTrue(missing.isEmpty(), missing);
        }
        key = Files.writeString(files.resolve("desk.key"), SECRET);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        String desk = ChainKey.of(SECRET).address().text();
        try (NodeScript script = NodeScript.start(BED.resolve("perp"), "default-day.mjs", desk);
                House house = House.open(new Home(home))) {
            JsonNode contracts = script.line();
            endpoint = URI.create(contracts.get("url").textValue());
            try (EvmNode node =
                    new EvmNode("chain", 31_337, new VenueTransport("chain", endpoint, ReadBudget.perSecond(1_000)))) {
                live(new Day(script, node, house, contracts), desk);
            }
        }
    }

    private void live(Day day, String desk) throws Exception {
        ObjectNode file = founding(day.contracts());
        Foundation founded = found(day.house(), file);
        ComputedEpoch first = seal(day, founded);
        assertEquals(Optional.empty(), call(first));
        String vault = vault(day, desk, first.number());
        Foundation paying = found(day.house(), payments(file, day, vault, desk));
        everybodyPays(day, paying, vault, desk);
        BigInteger supply = supply(day);

        day.script().next("fall 3300");
        ComputedEpoch called = seal(day, paying);
        assertEquals(Stage.RUNNING, call(called).orElseThrow().stage(), "below what it must hold, and its clock runs");
        assertTrue(verb(2, "account", "liquidate", "--account", "0").contains("must be liquidated"));
        day.script().next("settle");
        day.script().next("settle");
        ComputedEpoch failed = seal(day, paying);
        assertEquals(Stage.FAILED, call(failed).orElseThrow().stage(), "an hour passed");
        strangersDoNotTrade();
        BigInteger before = size(day);
        String sent = killed("account", "liquidate", "--account", "0");
        System.out.println(sent);
        assertTrue(sent.contains("done in block"), sent);
        BigInteger after = size(day);
        assertTrue(after.signum() > 0 && after.compareTo(before) < 0, before + " to " + after);
        assertEquals(sent, verb(0, "account", "liquidate", "--account", "0"), "asked again nothing is sent again");
        assertEquals(after, size(day));

        day.script().next("fall 2750");
        seal(day, paying);
        System.out.println(verb(0, "account", "liquidate", "--account", "0"));
        assertTrue(size(day).signum() > 0 && size(day).compareTo(after) < 0, "below maintenance margin, at once");

        day.script().next("fall 1200");
        ComputedEpoch gone = seal(day, paying);
        assertTrue(equity(gone) < 0, "it owes more than it has: " + equity(gone));
        BigInteger left = size(day);
        String refused = verb(2, "account", "liquidate", "--account", "0");
        assertTrue(refused.contains("the contract refuses: CH_NEFCM"), refused);
        assertEquals(left, size(day), "the venue takes no order of who owes it");
        settles(day, gone, vault, desk);

        day.script().next("settle");
        ComputedEpoch paid = seal(day, paying);
        assertTrue(equity(paid) >= 0, "it owes nothing any more: " + equity(paid));
        System.out.println(killed("account", "liquidate", "--account", "0"));
        assertEquals(BigInteger.ZERO, size(day), "the house's order closed it");
        System.out.println("killed " + deaths + " times");
        day.script().next("settle");
        ComputedEpoch out = seal(day, paying);
        assertTrue(line(out, VEGA).lots().positions().isEmpty());
        assertTrue(line(out, VEGA).lots().debt().isEmpty(), "nobody is owed: what closing costs was paid too");
        assertTrue(value(day).signum() >= 0, "the venue says so too");
        assertEquals(supply, supply(day), "no coin was made or lost");
        isTold(day);
        day.house().verify();
        for (long epoch = 1; epoch <= out.number(); epoch++) {
            var replay = day.house().archive().replay(epoch).orElseThrow();
            assertTrue(replay.equal(), replay::toString);
        }
    }

    /** Whoever pays must be the one whom the account approved at the venue. */
    private void strangersDoNotTrade() throws Exception {
        Path stranger = Files.writeString(files.resolve("stranger.key"), "22".repeat(32));
        Files.setPosixFilePermissions(stranger, PosixFilePermissions.fromString("rw-------"));
        Verb.refused(
                2,
                home,
                "must have approved",
                "account",
                "liquidate",
                "--account",
                "0",
                "--node",
                endpoint.toString(),
                "--chain",
                "31337",
                "--key-file",
                stranger.toString());
    }

    /** The books settle, the vault's shares lose, the venue is paid; each step again changes nothing. */
    private void settles(Day day, ComputedEpoch gone, String vault, String desk) throws Exception {
        Path declaration =
                Files.writeString(files.resolve("default.json"), """
                {"event": 1, "epoch": %d, "scenario": "as it stands", "members": [{"name": "VEGA"}],
                 "seed": "%s", "bids": []}""".formatted(gone.number(), "ab".repeat(32)));
        VaultBook before = day.house().contributions().book();
        String declared = verb(0, "fund", "default", "declare", declaration.toString());
        System.out.println(declared);
        Matcher named = Pattern.compile("declared: ([0-9a-f]{64})").matcher(declared);
        assertTrue(named.find(), declared);
        String digest = named.group(1);
        assertTrue(
                verb(2, "fund", "default", "slash", digest, "--vault", vault).contains("must be settled in the books"));
        verb(0, "fund", "default", "settle", digest);
        VaultBook drawn = day.house().contributions().book();
        long owed = before.total() - drawn.total();
        assertTrue(owed > -equity(gone), "what it owes and what closing costs came out of what was received: " + owed);
        assertEquals(0, drawn.of(VEGA).total(), "its own contribution first");
        assertEquals(0, drawn.of("the house").total(), "then what the house itself put in");
        assertTrue(drawn.of("ARIES").drawn() > 0 && drawn.of("TAURUS").drawn() > 0, "then everybody, to the unit");

        BigInteger held = day.balance(day.usdc(), vault);
        BigInteger purse = day.balance(day.usdc(), desk);
        System.out.println(killed("fund", "default", "slash", digest, "--vault", vault));
        BigInteger taken = BigInteger.valueOf(owed * COIN);
        assertEquals(held.subtract(taken), day.balance(day.usdc(), vault), "to the unit");
        assertEquals(purse.add(taken), day.balance(day.usdc(), desk));
        assertTrue(verb(0, "fund", "default", "slash", digest, "--vault", vault).startsWith("slashed already"));
        sharesAreTheBook(day, vault, desk);
        String paid = killed("fund", "default", "pay", digest, "--account", "0");
        System.out.println(paid);
        assertTrue(paid.contains("done in block"), paid);
        assertEquals(paid, verb(0, "fund", "default", "pay", digest, "--account", "0"));
        long rest = day.balance(day.usdc(), desk).subtract(purse).longValueExact();
        assertTrue(rest >= 0 && rest < LOT, "all of it went where it was owed, in whole lots: " + rest);
        assertTrue(
                Verb.said(0, home, "fund", "default", "replay", digest).contains("every transfer is in the journal"));
        assertEquals(Optional.of(Digest.parse(digest)), drawn.of(VEGA).frozen());
        assertTrue(verb(2, "fund", "default", "plan", declaration.toString()).contains("must not be frozen"));
    }

    /** Every step is found again from the books, by the verb and where the page asks. */
    private void isTold(Day day) throws Exception {
        List<String> steps = List.of(
                "VEGA is called: ",
                "its call runs",
                "it is liquidated",
                "trade -",
                "VEGA is declared in default: ",
                "the contribution of VEGA pays 1000.0000 USD",
                "the capital of the house pays 1000.0000 USD",
                "of it are shares at eip155:31337:",
                "deposit ",
                "done in block");
        String digest = day.house()
                .contributions()
                .book()
                .of(VEGA)
                .frozen()
                .orElseThrow()
                .hex();
        String replayed = Verb.said(0, home, "fund", "default", "replay", digest);
        System.out.println(replayed);
        try (HttpFrontDoor door = HttpFrontDoor.open(0, day.house(), List.of());
                HttpClient client = HttpClient.newHttpClient()) {
            String told = client.send(
                            HttpRequest.newBuilder(door.link().resolve("/fund/defaults"))
                                    .header("Authorization", DoorToken.header(door.link()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            int at = 0;
            int there = 0;
            for (String step : steps) {
                at = replayed.indexOf(step, at);
                there = told.indexOf(step, there);
                assertTrue(at > 0 && there > 0, step + " after those before it: " + replayed + told);
            }
        }
    }

    /** What stands of each payer by the books is what its shares are worth on the chain. */
    private static void sharesAreTheBook(Day day, String vault, String desk) throws Exception {
        VaultBook book = day.house().contributions().book();
        for (Map.Entry<String, String> owner : owners(day, desk).entrySet()) {
            assertEquals(
                    BigInteger.valueOf(book.of(owner.getKey()).total()).multiply(BigInteger.valueOf(COIN * 1_000_000)),
                    day.balance(vault, owner.getValue()),
                    owner.getKey());
        }
    }

    private static Map<String, String> owners(Day day, String desk) {
        TreeMap<String, String> owners = new TreeMap<>(Map.of("the house", desk));
        for (String member : List.of(VEGA, "ARIES", "TAURUS")) {
            owners.put(member, day.member(member));
        }
        return owners;
    }

    /** A vault whose nodes are the house's quorum, put there by the verb. */
    private String vault(Day day, String desk, long epoch) throws Exception {
        Path attestation = Files.writeString(
                files.resolve("attestation.json"),
                Verb.said(0, home, "epoch", "attest", "--epoch", String.valueOf(epoch)));
        Path compiled = files.resolve("compiled.json");
        Process compiler = new ProcessBuilder("node", "compile.mjs")
                .directory(CONTRACTS.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(compiled.toFile())
                .start();
        assertEquals(0, compiler.waitFor());
        String deployed = verb(
                0,
                "chain",
                "deploy-vault",
                attestation.toString(),
                "--asset",
                day.usdc(),
                "--settlement",
                desk,
                "--compiled",
                compiled.toString());
        return JSON.readTree(deployed).get("contract").textValue();
    }

    private static ObjectNode payments(ObjectNode file, Day day, String vault, String desk) {
        var places = file.putArray("payments");
        owners(day, desk)
                .forEach((payer, owner) -> places.addObject()
                        .put("kind", "shares")
                        .put("place", "eip155:31337:" + owner)
                        .put("payer", payer)
                        .put("contract", vault)
                        .put("balances", 0)
                        .put("unitsPerU", String.valueOf(COIN * 1_000_000)));
        return file;
    }

    /** What comes of what is called: of VEGA and the house little, so that a loss goes down to the others. */
    private static long paid(VaultBook asked, String payer) {
        long missing = asked.of(payer).missing();
        return List.of(VEGA, "the house").contains(payer) ? Math.min(missing, 10_000_000) : missing;
    }

    /** Everybody deposits of what is called; the house finds it in a block that it read itself, once. */
    private void everybodyPays(Day day, Foundation founded, String vault, String desk) throws Exception {
        day.house().cycle().assess(seal(day, founded));
        VaultBook asked = day.house().contributions().book();
        for (Map.Entry<String, String> owner : owners(day, desk).entrySet()) {
            BigInteger coins = BigInteger.valueOf(paid(asked, owner.getKey()) * COIN);
            String payer = day.member("ARIES");
            day.send(payer, day.usdc(), APPROVE, EvmCall.address(vault), coins);
            day.send(payer, vault, DEPOSIT, coins, EvmCall.address(owner.getValue()));
        }
        day.script().next("settle");
        seal(day, founded);
        String[] look = {"fund", "look", "--node", day.contracts().get("url").textValue(), "--chain", "31337"};
        System.out.println(Verb.said(0, home, look));
        VaultBook paid = day.house().contributions().book();
        asked.payers()
                .keySet()
                .forEach(payer -> assertEquals(
                        Map.of(Grade.ON_CHAIN, paid(asked, payer)),
                        paid.of(payer).standing(),
                        payer));
        assertTrue(Verb.said(0, home, look).startsWith("nothing is there"), "what was shown is not shown again");
        sharesOfOthersDoNotCount(day);
        assertEquals(paid, day.house().contributions().book());
        sharesAreTheBook(day, vault, desk);
    }

    /** The proof of VEGA's shares, as the receipt of another, of more than there is, once more, and at another place. */
    private static void sharesOfOthersDoNotCount(Day day) {
        PaymentReceipt shown = day.house().contributions().acts().stream()
                .filter(act -> act instanceof VaultAct.Paid && act.payer().equals(VEGA))
                .map(act -> ((VaultAct.Paid) act).receipt())
                .findFirst()
                .orElseThrow();
        refused(day, "payer", shown, "the house", 1, "another");
        refused(day, "amount", shown, VEGA, 1, "another");
        refused(
                day,
                "amount",
                shown,
                VEGA,
                shown.statement().units(),
                shown.statement().reference());
        refused(day, "place", shown, VEGA, 1, "another", day.usdc());
    }

    private static void refused(
            Day day, String field, PaymentReceipt shown, String payer, long units, String reference, String... at) {
        Statement said = shown.statement();
        String place = at.length == 0 ? said.place() : "eip155:31337:" + at[0];
        PaymentReceipt forged = new PaymentReceipt(
                new Statement(
                        said.house(), said.direction(), payer, said.asset(), units, place, reference, said.atMillis()),
                shown.evidence());
        BadInput refusal = assertThrows(
                BadInput.class,
                () -> day.house()
                        .contributions()
                        .receive(
                                forged.canonical().encode(),
                                bytes -> PaymentReceipt.of(CanonicalReader.read(bytes)),
                                Instant.now()));
        assertEquals(field, refusal.field(), refusal::getMessage);
    }

    private BigInteger size(Day day) throws Exception {
        return day.node()
                .newest(EvmCall.of(
                        day.contracts().get("accountBalance").textValue(),
                        SIZE,
                        day.member(VEGA),
                        day.contracts().get("base").textValue()))
                .get(0);
    }

    private static BigInteger value(Day day) throws Exception {
        return day.node()
                .newest(EvmCall.of(day.contracts().get("vault").textValue(), VALUE, day.member(VEGA)))
                .get(0);
    }

    private static BigInteger supply(Day day) throws Exception {
        return day.node().newest(EvmCall.of(day.usdc(), SUPPLY)).get(0);
    }

    private static Optional<MarginCall> call(ComputedEpoch epoch) {
        return epoch.calls().of(line(epoch, VEGA).number());
    }

    private static long equity(ComputedEpoch epoch) {
        return line(epoch, VEGA).margin().stated().orElseThrow().equity();
    }

    /**
     * The same verb in a process of its own that dies at one request to the node after another, each time a later one, until it ends: what
     * it did before it died it finds done.
     */
    private String killed(String... words) throws Exception {
        try (DeadlyNode node = new DeadlyNode(endpoint)) {
            int step = Tier.size(1, STEPS);
            for (int request = 1 + STEPS - step; ; request += 1 + STEPS - step) {
                Optional<String> said = node.run(
                        home,
                        request,
                        Stream.concat(Stream.of(words), Stream.of("--chain", "31337", "--key-file", key.toString()))
                                .toArray(String[]::new));
                if (said.isPresent()) {
                    return said.get();
                }
                deaths++;
            }
        }
    }

    /** A verb of the house's desk: those that send are told the node and the key that pays. */
    private String verb(int code, String... words) {
        boolean sends =
                List.of("liquidate", "slash", "pay", "deploy-vault").stream().anyMatch(List.of(words)::contains);
        return Verb.said(
                code,
                home,
                Stream.concat(
                                Stream.of(words),
                                sends
                                        ? Stream.of(
                                                "--node",
                                                endpoint.toString(),
                                                "--chain",
                                                "31337",
                                                "--key-file",
                                                key.toString())
                                        : Stream.of())
                        .toArray(String[]::new));
    }

    private static Foundation found(House house, ObjectNode file) {
        return house.cycle()
                .found(
                        file.toString().getBytes(StandardCharsets.UTF_8),
                        Path.of("").toAbsolutePath());
    }

    private static ComputedEpoch seal(Day day, Foundation founded) throws Exception {
        List<VenueReader> readers = founded.file().connections().stream()
                .map(venue -> venue.open(
                        Endpoint.recorded(URI.create(day.contracts().get("url").textValue()))))
                .toList();
        try {
            day.house().cycle().intake(day.house().cycle().survey(readers), founded.file());
        } finally {
            readers.forEach(VenueReader::close);
        }
        return day.house().cycle().seal(founded);
    }

    private static AccountLine line(ComputedEpoch epoch, String name) {
        return epoch.accounts().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Three members of one venue, which approved the house there: what stands at it is pledged. */
    private static ObjectNode founding(JsonNode contracts) throws Exception {
        ObjectNode file = JSON.createObjectNode().put("network", "default-day");
        file.putArray("venues")
                .addObject()
                .put("number", 0)
                .put("name", "perp")
                .put("chain", "eip155:31337")
                .put("ageMillisMax", 86_400_000)
                .put("leastGrade", "UNSIGNED")
                .put("mode", "pledged");
        ObjectNode connection = file.putArray("connections")
                .addObject()
                .put("kind", "perp")
                .put("venue", 0)
                .put("chainId", 31_337);
        ObjectNode at = connection.putObject("contracts");
        for (String name : List.of("vault", "accountBalance", "exchange", "orderBook", "collateralManager")) {
            at.set(name, contracts.get(name));
        }
        connection.putObject("markets").put(contracts.get("base").textValue(), "ETH");
        connection.putObject("tokens").put(contracts.get("usdc").textValue(), "USDC");
        file.set("groups", JSON.readTree("[{\"number\":0,\"name\":\"ETH\"},{\"number\":1,\"name\":\"USD\"}]"));
        file.set("assets", JSON.readTree("""
                        [{"number":0,"name":"USDC","group":1,"form":{"kind":"spot","asset":"USDC"},"lot":"0.01",
                          "tier":"STABLE","haircutPpm":0,"residualPpm":10000,"grade":"UNSIGNED"}]"""));
        file.set("instruments", JSON.readTree("""
                        [{"number":0,"name":"perp:ETH","venue":0,"symbol":"ETH","group":0,
                          "contract":{"kind":"perpetual","underlying":"ETH","settlement":"USDC","inverse":false},"lot":"0.001"}]"""));
        var accounts = file.putArray("accounts");
        int number = 0;
        for (Map.Entry<String, JsonNode> member : contracts.get("members").properties()) {
            ObjectNode account = accounts.addObject()
                    .put("number", number++)
                    .put("name", member.getKey())
                    .put("member", member.getKey());
            account.putArray("venueAccounts")
                    .addObject()
                    .put("venue", 0)
                    .put("address", member.getValue().get("address").textValue());
        }
        file.putObject("parameters").put("call.period", 1).put("liquidation.slices", 1);
        file.set(
                "history",
                JSON.readTree(Files.readString(Path.of("../../docs/houses/across-venues.json")))
                        .get("history"));
        var history = (com.fasterxml.jackson.databind.node.ArrayNode) file.get("history");
        history.remove(0);
        return file;
    }
}
