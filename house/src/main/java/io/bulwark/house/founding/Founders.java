package io.bulwark.house.founding;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.register.AccountRegister;
import io.bulwark.clearing.register.AccountRegister.LeafIdentity;
import io.bulwark.clearing.register.AccountRegister.OpeningResult;
import io.bulwark.clearing.register.FoundingRegister;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.wallet.OwnerWallet;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** Founds a house, and founds it again as it is: every step may be repeated and the second time changes nothing. */
public final class Founders {
    /** How many members of the first quorum must sign. */
    private static final int QUORUM_THRESHOLD = 2;

    private final ProverLibrary library;
    private final Home home;
    private final AccountRegister accounts;
    private final FoundingRegister foundings;
    private final SigningKeys signing;
    private final SecureRandom random = new SecureRandom();

    public Founders(
            ProverLibrary library,
            Home home,
            AccountRegister accounts,
            FoundingRegister foundings,
            SigningKeys signing) {
        this.library = library;
        this.home = home;
        this.accounts = accounts;
        this.foundings = foundings;
        this.signing = signing;
    }

    /**
     * What makes this house this house: as it was founded, or will be with its first epoch.
     *
     * @throws BadInput if the file is another house's: its network or its rule of keys is not the founded one
     */
    public FoundingDocument document(FoundingFile file) {
        Optional<FoundingDocument> founded = foundings.stored();
        List<Digest> quorum =
                signing.quorum().stream().map(QuorumKey::publicKey).toList();
        FoundingDocument offered = founded.map(house ->
                        new FoundingDocument(house.version(), file.network(), QUORUM_THRESHOLD, quorum, file.keys()))
                .orElseGet(() -> new FoundingDocument(file.network(), QUORUM_THRESHOLD, quorum, file.keys()));
        founded.flatMap(house -> FoundingRegister.foundedOtherwise(house, offered))
                .ifPresent(Founders::refuse);
        return offered;
    }

    /**
     * Keeps the founding document before the first epoch; the same again changes nothing.
     *
     * @throws BadInput if the house was founded otherwise
     */
    public void found(FoundingDocument founding) {
        foundings.found(founding).ifPresent(Founders::refuse);
    }

    private static void refuse(Refusal refusal) {
        throw new BadInput(refusal.field(), refusal.value(), refusal.rule());
    }

    /** Opens the accounts of the file and gives each leaf its owner and salt. */
    public void openAccounts(FoundingFile file) {
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
