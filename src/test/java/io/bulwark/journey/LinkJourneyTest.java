package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.venue.LinkFile;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.LinkKey;
import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.attestation.LinkSignature.ContractWallets;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.clearing.attestation.LinkStatement;
import io.bulwark.clearing.attestation.LinkStatement.Action;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.register.LinkRegister;
import io.bulwark.clearing.register.LinkRegister.Link;
import io.bulwark.clearing.register.LinkRegister.Standing;
import io.bulwark.house.House;
import io.bulwark.house.founding.AccountLinks;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.tier.OfHouse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner links a wallet's account at a venue to a clearing account, and ends the link: with signatures, in time, once, for this house. */
@OfHouse
class LinkJourneyTest {
    private static final int ACCOUNT = 5;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SOON = NOW.plus(Duration.ofDays(7));

    @Test
    void shouldLinkAndRevokeByTheOwnersSignatures(@TempDir Path home, @TempDir Path keys) throws Exception {
        try (House house = House.open(new Home(home));
                RecordedVenues recorded = RecordedVenues.bundled()) {
            Foundation founded = house.cycle().found(Demonstration.foundingFile());
            AccountLinks desk = house.links();
            LinkKey owner = LinkKey.in(keys.resolve("owner"));
            LinkKey wallet = LinkKey.in(keys.resolve("wallet"));
            String address = wallet.signer(Scheme.EIP712);
            assertEquals(
                    "house", refusal(() -> prepare(desk, Action.LINK, address)).field(), "nothing is sealed yet");
            house.cycle().intake(RecordedSurvey.of(house, founded.file(), recorded), founded.file());
            house.cycle().seal(founded);

            LinkFile link = new LinkFile(prepare(desk, Action.LINK, address), List.of());
            LinkSignature byOwner = owner.sign(link.statement(), Scheme.ED25519);
            LinkSignature byWallet = wallet.sign(link.statement(), Scheme.EIP712);
            LinkFile both = link.with(byOwner).with(byWallet);
            assertEquals("clearingAccount", refusal(() -> take(desk, both)).field(), "no owner's key is known");
            desk.registerOwner(ACCOUNT, owner.signer(Scheme.ED25519));
            assertEquals(
                    "signatures", refusal(() -> take(desk, link.with(byOwner))).field());
            assertEquals(
                    "signatures", refusal(() -> take(desk, link.with(byWallet))).field());
            assertEquals("expiresMillis", refusal(() -> take(desk, both, SOON)).field());
            assertEquals(
                    "expiresMillis",
                    refusal(() -> take(desk, both, SOON.minus(Duration.ofDays(367))))
                            .field());
            LinkFile elsewhere = signed(otherHouse(link.statement()), owner, wallet);
            assertEquals("house", refusal(() -> take(desk, elsewhere)).field());
            LinkSignature forged = new LinkSignature(
                    Scheme.EIP712,
                    address,
                    owner.sign(link.statement(), Scheme.EIP712).bytes());
            assertEquals(
                    "signatures[1]",
                    refusal(() -> take(desk, link.with(byOwner).with(forged))).field());

            LinkFile read = LinkFile.read(both.json().getBytes(StandardCharsets.UTF_8));
            assertEquals(both, read);
            Digest kept = take(desk, read);
            assertTrue(house.document(kept).isPresent());
            assertEquals(Standing.CONSENTED, link(desk, address).standing());
            assertEquals("nonce", refusal(() -> take(desk, read)).field(), "a replay");

            VenueSurvey withIt = RecordedSurvey.of(house, founded.file(), recorded);
            VenueAccount linked = link.statement().venueAccount();
            assertTrue(
                    withIt.unread().stream().anyMatch(u -> u.account().equals(linked)), "it is asked for from now on");

            LinkStatement end = prepare(desk, Action.REVOKE, address);
            take(desk, new LinkFile(end, List.of(wallet.sign(end, Scheme.EIP191))));
            assertEquals(Standing.REVOKED, link(desk, address).standing());
            VenueSurvey without = RecordedSurvey.of(house, founded.file(), recorded);
            assertTrue(
                    without.unread().stream().noneMatch(u -> u.account().equals(linked)), "nobody reads it any more");
            assertEquals("nonce", refusal(() -> take(desk, read)).field(), "nor does the old consent serve again");
            changesBeyondTheSealAreFound(house);
        }
    }

    /** Both statements came after the last epoch: no seal holds them yet, their signatures do. */
    private static void changesBeyondTheSealAreFound(House house) throws Exception {
        assertEquals(2, house.archive().sinceSealed().get("link_statement"));
        assertEquals(List.of(), house.links().findings());
        try (Database owner = TablesOwner.of(house.home())) {
            Map.of(
                            "update link_statement set clearing_account = clearing_account + 1 where sequence = 1",
                            "row 1 must say what was signed",
                            "update link_statement set action = 'LINK' where sequence = 2",
                            "row 2 must say what was signed",
                            "update account_owner set signer = '" + "0".repeat(64) + "'",
                            "must be signed by an owner")
                    .forEach((change, named) -> {
                        IllegalStateException seen = assertThrows(
                                IllegalStateException.class,
                                () -> owner.write(transaction -> {
                                    transaction.execute("set local session_replication_role = replica");
                                    transaction.execute(change);
                                    throw new IllegalStateException(
                                            String.join("; ", LinkRegister.findings(transaction)));
                                }));
                        assertTrue(String.valueOf(seen.getMessage()).contains(named), seen::getMessage);
                    });
        }
        assertEquals(List.of(), house.links().findings(), "nothing of it was kept");
    }

    @Test
    void shouldRefuseAFileByFieldValueAndRule(@TempDir Path keys) {
        LinkKey owner = LinkKey.in(keys.resolve("owner"));
        LinkStatement statement = new LinkStatement(
                Action.LINK, Digest.ZERO, 1, "deribit", new VenueAccount(1, "20101"), 1, 1, SOON.toEpochMilli());
        String good = new LinkFile(statement, List.of(owner.sign(statement, Scheme.ED25519))).json();
        for (String[] change : new String[][] {
            {"\"nonce\" : 1", "\"nonce\" : 0", "nonce"},
            {"\"action\" : \"link\"", "\"action\" : \"steal\"", "action"},
            {"\"version\" : 1", "\"version\" : 2", "version"},
            {"\"nonce\" : 1", "\"nonce\" : 2", "text"},
            {"\"scheme\" : \"ed25519\"", "\"scheme\" : \"eip712\"", "signatures[0].signer"},
            {"\"venueAccount\" : \"20101\"", "\"venueAccount\" : \"2 0\"", "statement"},
            {"\"version\" : 1", "\"version\" : 1, \"more\" : 1", "more"},
        }) {
            assertTrue(good.contains(change[0]), change[0]);
            byte[] broken = good.replace(change[0], change[1]).getBytes(StandardCharsets.UTF_8);
            assertEquals(change[2], refusal(() -> LinkFile.read(broken)).field());
        }
    }

    private static LinkStatement otherHouse(LinkStatement s) {
        return new LinkStatement(
                s.action(),
                Digest.sha256(new byte[0]),
                s.clearingAccount(),
                s.venueName(),
                s.venueAccount(),
                s.chainId(),
                s.nonce(),
                s.expiresMillis());
    }

    private static LinkFile signed(LinkStatement statement, LinkKey owner, LinkKey wallet) {
        return new LinkFile(
                statement, List.of(owner.sign(statement, Scheme.ED25519), wallet.sign(statement, Scheme.EIP712)));
    }

    private static LinkStatement prepare(AccountLinks desk, Action action, String address) {
        return desk.prepare(action, ACCOUNT, "hyperliquid", address, Optional.empty(), SOON);
    }

    private static Digest take(AccountLinks desk, LinkFile file) {
        return take(desk, file, NOW);
    }

    private static Digest take(AccountLinks desk, LinkFile file, Instant now) {
        return desk.take(file.statement(), file.signatures(), ContractWallets.NONE, now);
    }

    private static Link link(AccountLinks desk, String address) {
        return desk.links().stream()
                .filter(l -> l.account().address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private static BadInput refusal(Runnable action) {
        return assertThrows(BadInput.class, action::run);
    }
}
