package io.bulwark.api.cycle;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.ledger.AccountRegister;
import io.bulwark.clearing.ledger.AccountRegister.LeafIdentity;
import io.bulwark.clearing.ledger.AccountRegister.OpeningResult;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.wallet.OwnerWallet;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;

/** Founds a house, and founds it again as it is: every step may be repeated and the second time changes nothing. */
final class Founders {
    /** Keys of the first quorum that this machine keeps, and how many must sign. */
    private static final int QUORUM_MEMBERS = 3;

    private static final int QUORUM_THRESHOLD = 2;

    private final ProverLibrary library;
    private final Home home;
    private final AccountRegister accounts;
    private final SecureRandom random = new SecureRandom();

    Founders(ProverLibrary library, Home home, AccountRegister accounts) {
        this.library = library;
        this.home = home;
        this.accounts = accounts;
    }

    /** The quorum's keys on this machine, made the first time. */
    List<QuorumKey> quorumKeys() {
        return IntStream.rangeClosed(1, QUORUM_MEMBERS)
                .mapToObj(i -> QuorumKey.in(home.keys().resolve("quorum-" + i + ".key")))
                .toList();
    }

    /** The quorum's members with the keys that they sign with for contracts, made the first time. */
    List<ChainAttestation.Member> members() {
        List<QuorumKey> quorum = quorumKeys();
        return IntStream.rangeClosed(1, QUORUM_MEMBERS)
                .mapToObj(i -> new ChainAttestation.Member(
                        quorum.get(i - 1), ChainKey.in(home.keys().resolve("quorum-" + i + ".chain.key"))))
                .toList();
    }

    /** What makes this house this house. */
    FoundingDocument document(FoundingFile file) {
        return new FoundingDocument(
                file.network(),
                QUORUM_THRESHOLD,
                quorumKeys().stream().map(QuorumKey::publicKey).toList());
    }

    /** Opens the accounts of the file and gives each leaf its owner and salt. */
    void openAccounts(FoundingFile file) {
        for (ClearingAccount account : file.accounts()) {
            if (accounts.open(account) instanceof OpeningResult.Refused refused) {
                throw new BadInput("accounts", account.name(), refused.refusal().toString());
            }
            identify(account.number());
        }
    }

    /**
     * The owner's wallet is on disk before the house commits to it. An owner who took the wallet away keeps leaf and bundle key: no new
     * wallet is drawn in its place.
     */
    private void identify(int account) {
        OwnerWallets wallets = new OwnerWallets(home.owners());
        boolean known = accounts.identity(account).isPresent();
        if (known && wallets.find(account).isEmpty()) {
            return;
        }
        OwnerWallet wallet = wallets.keep(account, random);
        accounts.registerBundleKey(account, wallet.bundleKey().point());
        if (!known) {
            accounts.identify(
                    account,
                    new LeafIdentity(
                            wallet.key().commitment(library, account).digest(),
                            AccountLeaf.drawSalt(random).digest()));
        }
    }
}
