package io.bulwark.house.node;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.adapter.Venues;
import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.governance.GovernedNumbers;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.OwnerWallets;
import io.bulwark.netting.volatility.PriceHistory;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What nodes agree on before their first epoch, one file that all of them have: who they are, what the house is founded on, its
 * accounts with the salts
 * of their leaves. It is for nodes and auditors alone.
 *
 * @param founding what the house's identity is made of; its quorum are the nodes of the first list
 * @param nodes the first list
 * @param file the bytes of the founding file
 * @param history the encoding of the price history; empty if the file names none
 * @param accounts its accounts, as epochs name them
 */
public record Genesis(
        FoundingDocument founding, NodeList nodes, byte[] file, Optional<byte[]> history, List<AccountInput> accounts) {
    /** Longest file, bytes. */
    public static final long BYTES_MAX = 256L << 20;

    private static final String SCHEMA = "bulwark-genesis";

    /** Copies, and checks that the nodes are the quorum of the house. */
    public Genesis {
        file = file.clone();
        history = history.map(byte[]::clone);
        accounts = List.copyOf(accounts);
        if (nodes.number() != 0
                || !nodes.house().equals(founding.house())
                || nodes.threshold() != founding.threshold()
                || !nodes.keys().equals(founding.quorumKeys().stream().sorted().toList())) {
            throw new BadInput(
                    "genesis.nodes", nodes.digest().hex(), "must be the quorum that the house is founded with");
        }
    }

    /**
     * Founds a house that nodes keep: draws a salt for each leaf, and a wallet for each owner who has none here.
     *
     * @param json the founding file
     * @param history what it says of prices
     * @throws BadInput naming field, value and rule
     */
    public static Genesis found(
            byte[] json, Optional<PriceHistory> history, Voters voters, OwnerWallets wallets, ProverLibrary library) {
        FoundingFile file = FoundingFile.read(json, Venues.ofClassPath());
        file.requireDeclared(GovernedNumbers.ofAllRooms());
        file.requireMembersOfOthers();
        FoundingDocument founding = new FoundingDocument(
                file.network(),
                voters.threshold(),
                voters.members().stream().map(NodeList.Member::key).sorted().toList(),
                file.keys());
        NodeList nodes =
                new NodeList(founding.house(), 0, Digest.ZERO, 1, voters.threshold(), voters.members(), voters.terms());
        SecureRandom random = new SecureRandom();
        Map<String, Integer> members = new LinkedHashMap<>();
        List<AccountInput> accounts = new ArrayList<>();
        for (ClearingAccount account : file.accounts()) {
            members.putIfAbsent(account.member(), members.size() + 1);
            accounts.add(new AccountInput(
                    account.number(),
                    account.member(),
                    members.getOrDefault(account.member(), 0),
                    wallets.keep(account.number(), random)
                            .key()
                            .commitment(library, account.number())
                            .digest(),
                    AccountLeaf.drawSalt(random).digest(),
                    account.venueAccounts(),
                    List.of()));
        }
        return new Genesis(founding, nodes, json, history.map(h -> h.canonical().encode()), accounts);
    }

    /**
     * Who may vote.
     *
     * @param threshold how many must
     * @param members who they are
     * @param terms what they are held by
     */
    public record Voters(int threshold, List<NodeList.Member> members, NodeList.Terms terms) {
        /** Copies. */
        public Voters {
            members = List.copyOf(members);
        }
    }

    /** What the house is founded on. */
    public Foundation foundation(Venues venues) {
        return new Foundation(FoundingFile.read(file, venues), Digest.sha256(file), history.map(Digest::sha256));
    }

    /** The tree of nodes.cddl. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(1),
                founding.canonical(),
                nodes.canonical(),
                bytes(file),
                CanonicalValue.optional(history.map(CanonicalValue::bytes)),
                new EpochInputs(0, List.of(), List.of(), new TreeMap<>(), accounts).canonical());
    }

    /**
     * Reads what {@link #canonical} wrote.
     *
     * @throws BadInput if it is no genesis
     */
    public static Genesis read(byte[] encoded) {
        return BadInput.refusing("genesis", encoded.length + " bytes", () -> {
            CanonicalFields fields = CanonicalFields.document(CanonicalReader.read(encoded), SCHEMA, 1);
            Genesis genesis = new Genesis(
                    FoundingDocument.of(fields.value("founding")),
                    NodeList.of(fields.value("nodes")),
                    fields.bytes("file"),
                    fields.optional("history").map(Genesis::content),
                    EpochInputs.of(fields.value("accounts")).accounts());
            fields.end();
            return genesis;
        });
    }

    private static byte[] content(CanonicalValue value) {
        if (value instanceof CanonicalValue.Bytes content) {
            return content.value();
        }
        throw new BadInput("genesis.history", "another value", "must be bytes");
    }

    @Override
    public byte[] file() {
        return file.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Genesis that && canonical().equals(that.canonical());
    }

    @Override
    public int hashCode() {
        return canonical().hashCode();
    }

    @Override
    public String toString() {
        return "Genesis[house " + founding.house() + ", " + nodes.members().size() + " nodes]";
    }
}
