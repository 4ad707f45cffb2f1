package io.bulwark.clearing.register;

import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.register.AccountRegister.LeafIdentity;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.clearing.register.EpochRegister.SealingResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Books with one account, 7 of the member Alpha, and one epoch: for tables whose rows name either. */
public final class FirstEpoch {
    private FirstEpoch() {}

    /** Opens the account, and seals the epoch, in books that have none. */
    public static SealingResult seal(Database database) {
        AccountRegister accounts = new AccountRegister(database);
        accounts.open(new ClearingAccount(7, "basis", "Alpha", List.of()));
        accounts.identify(7, new LeafIdentity(digest("owner"), digest("salt")));
        Digest parameters = new Documents(database).store("parameters", text("parameters"));
        EpochInputs inputs = new EpochInputs(
                100, List.of(), List.of(), new TreeMap<>(Map.of("parameters", parameters)), accounts.inputs());
        return new EpochRegister(database).seal(record(1, Digest.ZERO, parameters, inputs), List.of());
    }

    /** An epoch of these inputs, whatever came out of them. */
    static EpochRecord record(long number, Digest previous, Digest parameters, EpochInputs inputs) {
        Epoch epoch = new Epoch(
                digest("house"),
                number,
                previous,
                digest("accounts"),
                digest("table"),
                digest("t"),
                parameters,
                inputs.canonical().sha256(),
                Digest.ZERO,
                Digest.ZERO,
                Digest.ZERO,
                Digest.ZERO);
        return new EpochRecord(new SealedEpoch(epoch, digest("epoch " + number)), inputs);
    }

    private static Digest digest(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }
}
