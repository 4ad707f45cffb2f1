package io.bulwark.api.proof;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.api.key.KeyProgress;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.proof.AccountProofs.HomeKey;
import io.bulwark.prover.wallet.BundleKey;
import io.bulwark.prover.wallet.EncryptedBundle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes what the owner of an account proves from at home. */
@Command(
        name = "bundle",
        subcommands = BundleCheckCommand.class,
        description = {
            "Writes the witness bundle of one account over a sealed epoch, encrypted to the account's owner, who proves from it with",
            "'bulwark proof prove account --bundle' on any machine, and checks with 'bulwark proof bundle check' what the house sealed of it. Exit code 0: the bundle is written; 2: bad input."
        })
final class BundleCommand extends VerbCommand {
    @Option(names = "--account", paramLabel = "N", description = "The account's number.")
    private @Nullable Integer account;

    @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.")
    private @Nullable Long epoch;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the bundle goes. Default: epoch-N-account-N.bundle in the working directory.")
    private @Nullable Path file;

    @Option(
            names = "--small-key",
            description = {
                "Prove with the small key: for accounts of at most 4 groups and less than 14 billion USD gross, over tables that are opened",
                "by seal, then challenge. Faster by a fifth; the proof then shows that its account is a small one."
            })
    private boolean small;

    @Option(
            names = "--buffer",
            description = {
                "For claims over margin and contagion buffer together (excess-over-buffer), where the house publishes one: the bundle then holds",
                "the tariff, and proves no other claim."
            })
    private boolean buffer;

    @Override
    public Integer call() {
        if (account == null) {
            throw new BadInput("--account", "", "must be given");
        }
        int number = account;
        return OpenHouse.ask(house -> write(house, number));
    }

    private HomeKey key() {
        if (buffer) {
            return HomeKey.BUFFER;
        }
        return small ? HomeKey.SMALL : HomeKey.STANDARD;
    }

    private int write(House house, int account) {
        if (small && buffer) {
            throw new BadInput("--buffer", "", "must not stand beside --small-key: one bundle is for one key");
        }
        ComputedEpoch sealed = OpenHouse.epoch(house, epoch);
        BundleKey recipient = house.bundleKey(account)
                .orElseThrow(() -> new BadInput(
                        "--account", String.valueOf(account), "must be of an owner who registered a bundle key"));
        EncryptedBundle bundle = house.desk().bundle(sealed, account, recipient, key(), KeyProgress.on(err()));
        Path target = file != null ? file : Path.of("epoch-" + sealed.number() + "-account-" + account + ".bundle");
        byte[] encoding = bundle.encode();
        OutputFile.write(target, encoding);
        out().println("bundle of account " + account + " over epoch " + sealed.number());
        out().println("  epoch seal  " + sealed.sealed().digest());
        out().println("  recipient   " + bundle.recipient());
        out().println("  " + encoding.length + " bytes, written to " + target);
        return ExitCode.OK;
    }
}
